/** The API as a page uses it: with the session cookie or, where there is none, with a key that stays in this page's memory. */

const apiBaseUrl = async () => {
  const answer = await fetch('/config.json');
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}.`);
  return (await answer.json()).apiBaseUrl;
};

const withKey = key => (key === '' ? {} : { 'x-api-key': key });

const reasonFor = (status, key) => {
  if (status !== 401 && status !== 403) return `The API answered ${status}. Try again.`;
  return key === '' ? 'Give an API key that may read.' : 'This key may not read.';
};

/**
 * Reads a path of the API and shows the answer; asks for a key as long as there is none that may read. `show` is given
 * the parsed answer, the headers that further requests need, and a function that reads another path with them.
 */
export const signInAndShow = (path, show) => {
  const form = document.querySelector('#sign-in');
  const keyField = document.querySelector('#api-key');

  const ask = why => {
    document.querySelector('#sign-in-reason').textContent = why;
    form.hidden = false;
    keyField.focus();
  };

  const attempt = async key => {
    const base = await apiBaseUrl();
    const headers = withKey(key);
    const get = async other => {
      const answer = await fetch(base + other, { headers });
      if (!answer.ok) throw new Error(`The API answered ${answer.status}.`);
      return answer.json();
    };
    const answer = await fetch(base + path, { headers });
    if (!answer.ok) return ask(reasonFor(answer.status, key));
    form.hidden = true;
    show(await answer.json(), headers, get);
  };

  const tryKey = key => attempt(key).catch(failure => ask(`The API cannot be reached: ${failure.message}`));

  form.addEventListener('submit', submission => {
    submission.preventDefault();
    void tryKey(keyField.value);
  });
  void tryKey('');
};
