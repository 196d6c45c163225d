import { closeTestDatabases } from "@mila/db/testing"
import { inTransaction } from "@mila/kernel"
import { memberByPhone } from "@mila/members"
import { jobs } from "@mila/membership"
import { outboxOf } from "@mila/messages"
import { heldBy } from "@mila/privacy"
import { after } from "node:test"
import { aWeb, type Visitor, type Web } from "./testing.ts"

/** What a representative fills in for a child of fourteen. */
export const DETAILS = {
  ...{ step: "details", child: "1", given: "Марыля", family: "Савич", rep_given: "Ольга", rep_family: "Савич", kinship: "parent" },
  ...{ consent_programme: "1", consent_policy: "1", consent_child: "1" },
  ...{ birth_day: "3", birth_month: "5", birth_year: "2012" },
}

/** A page as it is read: without tags, and what its script brings along. */
export async function seen(answer: Response | Promise<Response>): Promise<string> {
  const page = (await (await answer).text()).replace(/<script[^]*?<\/script>/g, "")
  return page
    .replace(/<[^>]+>/g, " ")
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, " ")
}

let last = 3_000_000
export const aPhone = (): string => `+37544${(last += 1)}`

/** A web with families at its door; it is gone when the tests of a file are over. */
export async function aWebOfFamilies() {
  const web = await aWeb()
  after(async () => {
    await web.drop()
    await closeTestDatabases()
  })
  return { web, at: familiesAt(web) }
}

/** What children and who represents them do at a web's door. */
function familiesAt(web: Web) {
  const { db } = web.own
  const pass = (minutes: number) => web.clock.moveTo(new Date(web.clock.now().getTime() + minutes * 60_000))
  const memberOf = (phone: string) => inTransaction(db, async (tx) => (await memberByPhone(tx, phone))?.memberId)
  const toldTo = (to: string) => inTransaction(db, async (tx) => (await outboxOf(tx, { to })).map(({ template }) => template))
  const heldNow = (memberId: number) =>
    inTransaction(db, async (tx) => [...(await heldBy(tx, { memberId, at: web.clock.now() })).keys()].toSorted())
  const job = (wanted: string) => jobs.find(({ name }) => name === wanted)!.run(db, { at: web.clock.now(), now: () => web.clock.now() })

  /** A child whose own phone is proven. */
  async function aChildAt(phone: string, from?: string): Promise<Visitor> {
    const browser = web.visitor(from)
    await browser.post("/register", { step: "phone", phone })
    await browser.post("/register", { step: "code", code: await web.lastCode() })
    return browser
  }

  /** And the representative's phone, too. */
  async function represented(browser: Visitor, phone: string): Promise<void> {
    await browser.post("/register?child=1", { step: "child-phone", phone })
    await browser.post("/register?child=1", { step: "child-code", code: await web.lastCode() })
  }

  /** A child with a card, and the phones of both. */
  async function aChildMember(born: object = {}): Promise<{ browser: Visitor; own: string; mother: string; memberId: number }> {
    const [own, mother] = [aPhone(), aPhone()]
    const browser = await aChildAt(own, `203.0.113.${last % 200}`)
    await represented(browser, mother)
    await browser.post("/register?child=1", { ...DETAILS, ...born })
    return { browser, own, mother, memberId: (await memberOf(own))! }
  }

  /** A representative on the page where they see what they agreed to. */
  async function aRepresentativeAt(phone: string): Promise<Visitor> {
    pass(3)
    const browser = web.visitor(`192.0.2.${last % 200}`)
    await browser.post("/representative", { step: "phone", phone })
    await browser.post("/representative", { step: "code", code: await web.lastCode() })
    return browser
  }

  return { pass, memberOf, toldTo, heldNow, job, aChildAt, represented, aChildMember, aRepresentativeAt }
}
