// The first use: from the home page to a card on the screen, walked in Chromium as on a phone, with what a person has to do counted and priced in seconds.
//
// A person's time is the Keystroke-Level Model's (Card, Moran and Newell, «The Keystroke-Level Model for User Performance Time with Interactive Systems»,
// Communications of the ACM 23(7), 1980), with its operators: K, a key on the on-screen keyboard, 0.28 s (their figure of an average non-secretary typist; on
// a phone people type about 36 words a minute, 0.33 s a key: Palin et al., «How do People Type on Mobile Devices?», MobileHCI 2019, so that one is taken);
// P, pointing at something with a finger, 1.1 s; H, moving the hand between devices, 0: there is one; M, making up one's mind before a step, 1.35 s.
// Reading is not in the model: 238 words a minute (Brysbaert, «How many words do we read per minute?», Journal of Memory and Language 109, 2019) of what
// stands above the field or beside the button one needs, which is the headings, the lead, labels and what is asked for; texts of consents are opened by who wants them.
// The code of an SMS is offered by the phone's keyboard (autocomplete="one-time-code"): one P. Its way to the phone is the network's time, told apart.
import { chromium, type Page } from "playwright-core"
import { demoChain } from "./demo-chain.ts"
import { median } from "./server.ts"

const RUNS = Number(process.env["BENCH_RUNS"] ?? 3)
const SECONDS = { K: 0.33, P: 1.1, M: 1.35, word: 60 / 238 } as const
const SMS_SECONDS = 5
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: "ru-BY" }
const READ = "main h1, main .lead, main .step, main form label, main form legend, main form .hint, main form button.wide"

type Done = { keys: number; taps: number; minds: number; words: number; screens: string[]; machineMs: number }

const chain = await demoChain()
const browser = await chromium.launch({
  executablePath: process.env["CHROME_PATH"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
})
try {
  const runs: Done[] = []
  for (let run = 0; run < RUNS; run += 1) runs.push(await firstUse(run))
  const [{ keys, taps, minds, words, screens }] = runs as [Done]
  const parts = { typing: keys * SECONDS.K, taps: taps * SECONDS.P, minds: minds * SECONDS.M, reading: words * SECONDS.word }
  const personSeconds = Object.values(parts).reduce((sum, part) => sum + part, 0)
  const rounded = Object.fromEntries(Object.entries(parts).map(([name, seconds]) => [name, Number(seconds.toFixed(1))]))
  console.log(JSON.stringify({ screens, keys, taps, minds, words }))
  console.log(JSON.stringify({ personSeconds: Number(personSeconds.toFixed(1)), ...rounded, smsSeconds: SMS_SECONDS }))
  console.log(JSON.stringify({ machineSeconds: Number((median(runs.map(({ machineMs }) => machineMs)) / 1000).toFixed(2)), runs: RUNS }))
} finally {
  await browser.close()
  await chain.stop()
}

/** Walks it once. What is counted is the same each time; the machine's time is not. */
async function firstUse(run: number): Promise<Done> {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  const done: Done = { keys: 0, taps: 0, minds: 0, words: 0, screens: [], machineMs: 0 }
  const tap = async (selector: string) => {
    done.taps += 1
    await page.tap(selector)
  }
  const type = async (selector: string, text: string) => {
    await tap(selector)
    done.keys += text.length
    await page.fill(selector, text)
  }
  await page.goto(chain.url)
  done.words += await wordsOf(page, "main .open")
  done.minds += 1 // «Получить карту»
  await timed(done, async () => {
    await tap('main a[href="/register"]')
    await page.waitForSelector("#phone")
  })
  await look(page, done)
  done.minds += 1
  await type("#phone", `29${String(6_100_000 + run)}`) // +375 stands there
  await timed(done, async () => {
    await tap("button[value=phone]")
    await page.waitForSelector("#code")
  })
  await look(page, done)
  done.minds += 1
  done.taps += 1 // the keyboard offers the code; the sixth digit sends it
  await page.fill("#code", await codeSent())
  await timed(done, () => page.waitForSelector("#given"))
  await look(page, done)
  done.minds += 3 // a name, two consents, the button
  await type("#given", "Анна")
  await type("#family", "Иванова")
  await tap("#programme")
  await tap("#policy")
  await timed(done, async () => {
    await tap("button[value=details]")
    await page.waitForSelector(".digits")
  })
  await context.close()
  return done
}

/** A screen that asks for something: its name, and what is read of it. */
async function look(page: Page, done: Done): Promise<void> {
  done.screens.push((await page.textContent("main h1")) ?? "")
  done.words += await wordsOf(page, READ)
}

async function wordsOf(page: Page, selector: string): Promise<number> {
  // a hint inside a label is read once
  const texts = await page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})]
    .filter((one) => one.checkVisibility() && !one.parentElement.closest(${JSON.stringify(selector)})).map(({ innerText }) => innerText)`)
  return texts.flatMap((text) => text.split(/\s+/).filter((word) => /\p{L}/u.test(word))).length
}

async function timed(done: Done, act: () => Promise<unknown>): Promise<void> {
  const began = performance.now()
  await act()
  done.machineMs += performance.now() - began
}

async function codeSent(): Promise<string> {
  const outbox = await (await fetch(`${chain.url}/demo/outbox`)).text()
  return /[^\d](\d{6})[^\d]/.exec(outbox.slice(outbox.indexOf('class="message"')))![1]!
}
