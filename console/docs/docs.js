/** Shows the API's own description; whoever is not signed in gives an API key, which stays in this page's memory. */
const form = document.querySelector('#sign-in');
const reason = document.querySelector('#sign-in-reason');
const keyField = document.querySelector('#api-key');

const withKey = key => (key === '' ? {} : { 'x-api-key': key });

const apiBaseUrl = async () => {
  const answer = await fetch('/config.json');
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}.`);
  return (await answer.json()).apiBaseUrl;
};

const show = (description, key) => {
  form.hidden = true;
  window.SwaggerUIBundle({
    spec: description,
    dom_id: '#documents',
    deepLinking: true,
    validatorUrl: null,
    requestInterceptor: request => {
      Object.assign(request.headers, withKey(key));
      return request;
    },
  });
};

const ask = why => {
  reason.textContent = why;
  form.hidden = false;
  keyField.focus();
};

const describe = async key => {
  const answer = await fetch(`${await apiBaseUrl()}/openapi.json`, { headers: withKey(key) });
  if (answer.ok) show(await answer.json(), key);
  else if (answer.status === 401 || answer.status === 403)
    ask(key === '' ? 'Give an API key that may read.' : 'This key may not read.');
  else ask(`The API answered ${answer.status}. Try again.`);
};

const attempt = key => describe(key).catch(failure => ask(`The API cannot be reached: ${failure.message}`));

form.addEventListener('submit', submission => {
  submission.preventDefault();
  void attempt(keyField.value);
});

void attempt('');
