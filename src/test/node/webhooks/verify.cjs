// Verifies requests with the reference library: one JSON object a line with secret, headers and body.
const { Webhook } = require('standardwebhooks');
const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter((line) => line);
for (const line of lines) {
  const { secret, headers, body } = JSON.parse(line);
  try {
    // The library also refuses timestamps that are more than five minutes off.
    new Webhook(secret).verify(body, headers);
    console.log('valid');
  } catch (refusal) {
    console.log(refusal.message);
  }
}
