import { signInAndShow } from './sign-in.js';

/** Shows the API's own description. */
signInAndShow('/openapi.json', (description, headers) => {
  window.SwaggerUIBundle({
    spec: description,
    dom_id: '#documents',
    deepLinking: true,
    validatorUrl: null,
    requestInterceptor: request => {
      Object.assign(request.headers, headers);
      return request;
    },
  });
});
