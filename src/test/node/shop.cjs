// Sends one step of a customer's visit with each of the server SDKs: browse, identify or buy.
const { Analytics } = require('@segment/analytics-node')
const RudderAnalytics = require('@rudderstack/rudder-sdk-node')

const [url, key, step] = process.argv.slice(2)
const tent = { product_id: 'tent', name: 'Tent', price: '249,00 €', currency: 'EUR' }
const stove = { product_id: 'stove', name: 'Stove', price: '59,90 €', currency: 'EUR' }

// Pairs of a method of the SDK and its message.
function messages(visitor, customer) {
  const known = { anonymousId: visitor, userId: customer }
  const steps = {
    browse: [
      ['track', { anonymousId: visitor, event: 'Product Viewed', properties: tent }],
      ['track', { anonymousId: visitor, event: 'Product Added', properties: { ...tent, quantity: 1 } }],
    ],
    identify: [['identify', { ...known, traits: { plan: 'gold', birthday: '1991-04-05' } }]],
    buy: [
      ['track', { ...known, event: 'Product Added', properties: { ...stove, quantity: 1 } }],
      ['track', { ...known, event: 'Order Completed', properties: { order_id: 'o1', total: 308.9, products: [tent, stove] } }],
    ],
  }
  return steps[step]
}

async function segment() {
  const analytics = new Analytics({ writeKey: key, host: url, flushAt: 10, flushInterval: 100 })
  const failures = []
  analytics.on('error', (failure) => failures.push(failure))
  for (const [method, message] of messages('segment-visitor', 'segment-ann')) {
    analytics[method](message)
  }
  await analytics.closeAndFlush()
  if (failures.length > 0) {
    throw new Error('segment: ' + JSON.stringify(failures))
  }
}

async function rudder() {
  const analytics = new RudderAnalytics(key, { dataPlaneUrl: url, flushAt: 1, flushInterval: 100 })
  for (const [method, message] of messages('rudder-visitor', 'rudder-ann')) {
    await new Promise((resolve, reject) => analytics[method](message, (failure) => (failure ? reject(failure) : resolve())))
  }
}

segment().then(rudder).then(() => process.exit(0), (failure) => { console.error(failure); process.exit(1) })
