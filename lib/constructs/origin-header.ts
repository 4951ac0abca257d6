/** The header by which CloudFront proves to the API that a request came through it. */
export const originHeader = 'x-cdp-origin';
