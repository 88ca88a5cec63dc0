// SPDX-License-Identifier: Apache-2.0
'use strict'

const POLL_MILLIS = 400
const MOST_SHOWN = 50
const byId = id => document.getElementById(id)

/** An element with classes, text and children. */
function element(name, className, ...content) {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(...content)
  return made
}

function button(text, className, action) {
  const made = element('button', className, text)
  made.type = 'button'
  made.addEventListener('click', action)
  return made
}

const price = amount => amount.toLocaleString('en', { style: 'currency', currency: 'EUR' })
const time = instant => new Date(instant).toISOString().slice(0, 19).replace('T', ' ')

/** The cart, by product id; kept in this browser. */
const cart = {
  lines: JSON.parse(localStorage.getItem('segue-demo-cart') ?? '{}'),
  change(id, quantity) {
    if (quantity > 0) this.lines[id] = quantity
    else delete this.lines[id]
    localStorage.setItem('segue-demo-cart', JSON.stringify(this.lines))
  },
}

let settings
let analytics
let products = {}
let anonymous = ''

const properties = (product, quantity) => ({
  product_id: product.product_id, name: product.name, brand: product.brand, category: product.category,
  price: product.price, currency: 'EUR', ...(quantity ? { quantity } : {}),
})

/** Sends a message, and lists it with the collector's answer. */
async function send(text, message) {
  const state = element('span', 'time', 'sending')
  byId('sent').prepend(element('li', '', text, ' ', state))
  trim(byId('sent'))
  try {
    await message()
    state.textContent = 'sent'
  } catch (error) {
    state.textContent = 'not sent: ' + error
  }
}

const track = (event, detail, fields) => send(`${event}: ${detail}`, () => analytics.track(event, fields))

function trim(list) {
  while (list.children.length > MOST_SHOWN) list.lastChild.remove()
}

function view(product, details) {
  details.hidden = false
  return track('Product Viewed', product.name, properties(product))
}

function add(product) {
  cart.change(product.product_id, (cart.lines[product.product_id] ?? 0) + 1)
  showCart()
  return track('Product Added', product.name, properties(product, 1))
}

function remove(product) {
  const quantity = cart.lines[product.product_id]
  cart.change(product.product_id, 0)
  showCart()
  return track('Product Removed', product.name, properties(product, quantity))
}

function checkOut() {
  const lines = Object.entries(cart.lines).map(([id, quantity]) => properties(products[id], quantity))
  const total = Math.round(100 * lines.reduce((sum, line) => sum + line.price * line.quantity, 0)) / 100
  const order = 'order-' + crypto.randomUUID().slice(0, 8)
  Object.keys(cart.lines).forEach(id => cart.change(id, 0))
  showCart()
  byId('thanks').textContent = `Thank you for ${order}.`
  return track('Order Completed', `${order}, ${price(total)}`,
    { order_id: order, total, revenue: total, currency: 'EUR', products: lines })
}

function showProducts() {
  for (const product of Object.values(products)) {
    const details = element('p', 'details', `By ${product.brand}, from our range of ${product.category}.`)
    details.hidden = true
    byId('products').append(element('li', '',
      element('span', 'name', product.name),
      element('span', 'about', product.category),
      element('span', 'price', price(product.price)),
      details,
      element('div', 'buttons',
        button('View', 'plain', () => view(product, details)),
        button('Add', '', () => add(product)))))
  }
}

function showCart() {
  const lines = Object.entries(cart.lines).filter(([id]) => products[id])
  byId('cart').hidden = lines.length === 0
  byId('empty').hidden = lines.length > 0
  byId('checkout').disabled = lines.length === 0
  if (lines.length > 0) byId('thanks').textContent = ''
  byId('cart').tBodies[0].replaceChildren(...lines.map(([id, quantity]) => element('tr', '',
    element('td', '', `${quantity} × ${products[id].name}`),
    element('td', 'number', price(products[id].price * quantity)),
    element('td', '', button('Remove', 'plain', () => remove(products[id]))))))
  byId('total').textContent = price(lines.reduce((sum, [id, quantity]) => sum + products[id].price * quantity, 0))
}

async function showAccount() {
  const customer = (await analytics.user()).id()
  byId('login').hidden = Boolean(customer)
  byId('account').hidden = !customer
  byId('who').textContent = customer ?? ''
}

function why(change) {
  if (change.merged_into) return `goes on as ${change.merged_into}`
  const cause = change.cause.kind === 'EVENT' ? `after ${change.cause.event_type}` : change.cause.kind.toLowerCase()
  const evidence = (change.evidence ?? []).map(part => `${part.expression} = ${JSON.stringify(part.value)}`).join('; ')
  return evidence ? `${cause}: ${evidence}` : cause
}

/** Current segments by customer id, then by name. */
const memberships = new Map()

function segmentsOf(customer) {
  const known = memberships.get(customer) ?? new Map()
  memberships.set(customer, known)
  return known
}

function apply(change) {
  const own = segmentsOf(change.customer_id)
  if (change.kind === 'EXITED') {
    const entered = own.get(change.segment)
    own.delete(change.segment)
    // The membership of a visitor who logs in goes on under the customer's id.
    if (change.merged_into && entered) segmentsOf(change.merged_into).set(change.segment, entered)
  } else own.set(change.segment, change)
  byId('none').hidden = true
  byId('changes').prepend(element('li', '',
    element('span', change.kind, change.kind), ' ', element('b', '', change.segment), ' ',
    element('span', 'time', `${time(change.effective_at)} · ${change.customer_id === anonymous ? 'not logged in' : change.customer_id}`),
    element('span', 'why', why(change))))
  trim(byId('changes'))
}

/** What was sent, or why nothing was. */
function showDecision(decision) {
  byId('inbox').prepend(element('li', '',
    element('span', decision.decision, decision.decision), ' ', element('b', '', decision.trigger), ' ',
    element('span', 'time', `${time(decision.decided_at)} · ${decision.channel}`),
    element('span', 'why', decision.payload ? JSON.stringify(decision.payload) : decision.reason)))
  trim(byId('inbox'))
}

function showSegments(ids) {
  const plain = value => ['string', 'number', 'boolean'].includes(typeof value)
  const names = new Set(ids.flatMap(id => [...(memberships.get(id) ?? new Map()).values()])
    .map(change => plain(change.value) ? `${change.segment}: ${change.value}` : change.segment))
  byId('segments').replaceChildren(...(names.size > 0
    ? [...names].sort().map(name => element('span', 'segment', name))
    : [element('span', 'time', 'In no segment.')]))
}

function showProblem(text) {
  byId('problem').hidden = text === ''
  byId('problem').textContent = text
}

/** Asks for the changes of this visitor, with and without log-in. */
async function poll() {
  let after = 0
  let inboxAfter = 0
  let known = ''
  for (;;) {
    try {
      const user = await analytics.user()
      anonymous = user.anonymousId()
      const ids = [anonymous, user.id()].filter(Boolean)
      // After a log-in or a log-out, other customers' changes are this visitor's.
      if (ids.join('|') !== known) {
        known = ids.join('|')
        after = 0
        inboxAfter = 0
        byId('inbox').replaceChildren()
        memberships.clear()
        byId('changes').replaceChildren()
        byId('none').hidden = false
      }
      const query = new URLSearchParams({ anonymous, customer: ids[1] ?? '', after, inbox_after: inboxAfter })
      const reply = await fetch('changes?' + query)
      if (!reply.ok) throw new Error(`the demo answers ${reply.status}`)
      const { next, now, changes, inbox_next, decisions } = await reply.json()
      after = next
      inboxAfter = inbox_next
      changes.forEach(apply)
      decisions.forEach(showDecision)
      showSegments(ids)
      byId('clock').textContent = `${time(now)} in the shop, where an hour takes ${settings.hour_seconds} s`
      showProblem('')
    } catch (error) {
      showProblem(`The demo does not answer (${error.message}). Is it still running?`)
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MILLIS))
  }
}

async function start() {
  settings = await (await fetch('settings')).json()
  products = Object.fromEntries(settings.products.map(product => [product.product_id, product]))
  // All that a tracker needs: the collector's address and a write key. The rest comes from the collector's settings.
  analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: settings.write_key, cdnURL: settings.collector })
  showProducts()
  showCart()
  await showAccount()
  byId('checkout').addEventListener('click', checkOut)
  byId('login').addEventListener('submit', async submitted => {
    submitted.preventDefault()
    const customer = byId('customer').value.trim()
    await send(`identify: ${customer}`, () => analytics.identify(customer))
    await showAccount()
  })
  byId('logout').addEventListener('click', async () => {
    await analytics.reset()
    await showAccount()
  })
  send('page', () => analytics.page())
  await poll()
}

start().catch(error => showProblem(String(error)))
