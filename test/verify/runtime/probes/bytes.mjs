/** Answers binary content of the length that is asked for in the query, or the text of 6 MB and more. */
export const handler = async ({ queryStringParameters: { length, text } }) =>
  text
    ? { statusCode: 200, body: 'x'.repeat(Number(length)) }
    : {
        statusCode: 200,
        headers: { 'content-type': 'application/octet-stream' },
        body: Buffer.alloc(Number(length), 7).toString('base64'),
        isBase64Encoded: true,
      };
