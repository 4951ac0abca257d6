/**
 * The CloudFront function of the site: a path whose last part is no file name leads to the page of its application,
 * `/docs` to the API documents and everything else to the console. A missing file stays a missing file.
 */
export const siteRewrite = `function handler(event) {
  var request = event.request;
  var last = request.uri.split('/').pop();
  if (last.indexOf('.') === -1) {
    request.uri = /^\\/docs(\\/|$)/.test(request.uri) ? '/docs/index.html' : '/index.html';
  }
  return request;
}
`;
