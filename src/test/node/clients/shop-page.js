// SPDX-License-Identifier: Apache-2.0
// Shops on the demo's page in headless Chromium, and prints what the page shows as lines of JSON.
// Arguments: the page's address, the browser, the customer id with which to log in, and, optionally, a directory for
// pictures.
'use strict'
const puppeteer = require('puppeteer-core')

const [address, browserPath, customer, pictures] = process.argv.slice(2)
const PATIENCE = 120_000
const print = (what, value) => console.log(JSON.stringify({ [what]: value }))

const run = async () => {
  const browser = await puppeteer.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--no-first-run', '--no-default-browser-check', '--disable-dev-shm-usage'],
  })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(PATIENCE)
    await page.setViewport({ width: 1280, height: 900 })
    page.on('console', message => ['error', 'warn'].includes(message.type()) && print('console', message.text()))
    page.on('pageerror', error => print('error', String(error)))
    page.on('request', request => {
      if (request.method() === 'POST') print('posted', request.url())
      if (!request.url().startsWith('data:') && new URL(request.url()).hostname !== '127.0.0.1') {
        print('foreign', request.url())
      }
    })

    const cards = '#products li'
    const click = (name, text) => page.evaluate((selector, name, text) => {
      const card = [...document.querySelectorAll(selector)].find(card => card.querySelector('.name').textContent === name)
      ;[...card.querySelectorAll('button')].find(button => button.textContent === text).click()
    }, cards, name, text)
    const changes = () => page.$$eval('#changes li', all => all.map(one => one.innerText.replace(/\s+/g, ' ')))
    const awaitChange = async pattern => {
      await page.waitForFunction(
        source => [...document.querySelectorAll('#changes li')]
          .some(one => new RegExp(source).test(one.innerText.replace(/\s+/g, ' '))),
        {}, pattern)
      print('change', (await changes()).find(change => new RegExp(pattern).test(change)))
    }
    const awaitSent = count => page.waitForFunction(
      count => [...document.querySelectorAll('#sent li')].filter(one => one.textContent.endsWith(' sent')).length >= count,
      {}, count)
    const picture = async name => {
      if (!pictures) return
      for (const [width, height] of [[1280, 900], [390, 844]]) {
        for (const scheme of ['light', 'dark']) {
          await page.setViewport({ width, height })
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          if (overflow > 0) print('overflow', `${name} ${width}: ${overflow}`)
          await page.screenshot({ path: `${pictures}/${name}-${width}-${scheme}.png`, fullPage: true })
        }
      }
    }

    await page.goto(address)
    await page.waitForSelector(cards)
    await awaitSent(1)
    await click('Trail Runner', 'View')
    await click('Trail Runner', 'Add')
    await click('Two-person Tent', 'Add')
    await awaitSent(4)
    await awaitChange('^ENTERED cart-abandoned ')
    await picture('cart')

    await page.type('#customer', customer)
    await page.click('#login button')
    await page.waitForSelector('#account:not([hidden])')
    await awaitSent(5)
    await awaitChange(`^EXITED cart-abandoned .*goes on as ${customer}`)
    await page.evaluate(() => [...document.querySelectorAll('#cart button')].at(-1).click())
    await page.click('#checkout')
    await awaitSent(7)
    await awaitChange(`^ENTERED ordering .*${customer}`)
    print('thanks', await page.$eval('#thanks', one => one.textContent))
    print('segments', await page.$$eval('#segments .segment', all => all.map(one => one.textContent)))
    await picture('order')

    await page.reload()
    await awaitChange(`^ENTERED ordering .*${customer}`)
    await page.click('#logout')
    await page.waitForSelector('#login:not([hidden])')
    await page.waitForFunction(() => document.querySelectorAll('#changes li').length === 0)
    print('ended', true)
  } finally {
    await browser.close()
  }
}
run().catch(error => { console.error(error); process.exit(1) })
