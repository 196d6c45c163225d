import { type DemoContext, demoSignIns, type DemoSignIns, makeDemoChain } from "./demo/demo-chain.ts"

const PARTS: Readonly<Record<string, string>> = {
  shops: "shops · магазины",
  tills: "tills · кассы",
  products: "products · товары",
  members: "members and cards · участники и карты",
  history: "a year of shopping · год покупок",
  reviews: "reviews · отзывы",
}

/** Makes the demo chain if it is not there, saying how far it is; answers what a newcomer signs in with. */
export async function prepareDemo(context: DemoContext, say: (text: string) => void): Promise<DemoSignIns> {
  let last = ""
  await makeDemoChain(context, {
    progress(part, done) {
      const quarter = Math.floor(done * 4) * 25
      const text = `  demo chain · демо-сеть: ${PARTS[part] ?? part}${done === 0 ? "" : ` ${quarter} %`}`
      if (text !== last) say(text)
      last = text
    },
  })
  return demoSignIns(context)
}
