// Sends one customer's visit with each of the server SDKs: view, add, identify, order.
const { Analytics } = require('@segment/analytics-node')
const RudderAnalytics = require('@rudderstack/rudder-sdk-node')

const [url, key] = process.argv.slice(2)
const tent = { product_id: 'tent', name: 'Tent', price: '249,00 €', currency: 'EUR' }

async function segment() {
  const analytics = new Analytics({ writeKey: key, host: url, flushAt: 10, flushInterval: 100 })
  const failures = []
  analytics.on('error', (failure) => failures.push(failure))
  const visitor = { anonymousId: 'segment-visitor' }
  analytics.track({ ...visitor, event: 'Product Viewed', properties: tent })
  analytics.track({ ...visitor, event: 'Product Added', properties: { ...tent, quantity: 1 } })
  analytics.identify({ ...visitor, userId: 'segment-ann', traits: { plan: 'gold', birthday: '1991-04-05' } })
  analytics.track({ ...visitor, userId: 'segment-ann', event: 'Order Completed', properties: { order_id: 'o1', total: 249, products: [tent] } })
  await analytics.closeAndFlush()
  if (failures.length > 0) {
    throw new Error('segment: ' + JSON.stringify(failures))
  }
}

async function rudder() {
  const analytics = new RudderAnalytics(key, { dataPlaneUrl: url, flushAt: 1, flushInterval: 100 })
  const visitor = { anonymousId: 'rudder-visitor' }
  const sent = (send) => new Promise((resolve, reject) => send((failure) => (failure ? reject(failure) : resolve())))
  await sent((done) => analytics.track({ ...visitor, event: 'Product Viewed', properties: tent }, done))
  await sent((done) => analytics.track({ ...visitor, event: 'Product Added', properties: { ...tent, quantity: 1 } }, done))
  await sent((done) => analytics.identify({ ...visitor, userId: 'rudder-ann', traits: { plan: 'gold', birthday: '1991-04-05' } }, done))
  await sent((done) => analytics.track({ ...visitor, userId: 'rudder-ann', event: 'Order Completed', properties: { order_id: 'o1', total: 249, products: [tent] } }, done))
}

segment().then(rudder).then(() => process.exit(0), (failure) => { console.error(failure); process.exit(1) })
