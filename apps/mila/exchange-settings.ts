import { type ImportRules, USUAL_RULES } from "@mila/exchange"
import { BlockList, isIPv6 } from "node:net"
import { oneOf, type Setting, text, whole } from "./setting-kinds.ts"

const MIB = 1024 * 1024
const { brakes } = USUAL_RULES
const percent = (name: string, meaning: string, otherwise: number): Setting<number> =>
  whole({ name, meaning, unit: "percent", from: 1, to: 100, otherwise })

/** How goods come in from 1C and other sources. */
export const EXCHANGE_SETTINGS = {
  exchangeCurrencies: text({
    name: "MILA_EXCHANGE_CURRENCIES",
    meaning: "Names of the one currency prices are taken in, commas between; a price in any other is laid aside",
    unit: "names",
    otherwise: USUAL_RULES.currencies.join(","),
  }),
  exchangeSku: oneOf({
    name: "MILA_EXCHANGE_SKU",
    meaning: "What tills know a product of 1C by: its id, or its article number where it has one. Once given, a sku stays",
    words: ["id", "article"],
    otherwise: USUAL_RULES.sku,
  }),
  exchangeChunkKb: whole({
    name: "MILA_EXCHANGE_CHUNK_KB",
    meaning: "Largest piece of a file 1C may send at once (its file_limit)",
    unit: "KiB",
    from: 64,
    to: 65_536,
    otherwise: 8_192,
  }),
  exchangeFileMb: whole({
    name: "MILA_EXCHANGE_FILE_MB",
    meaning: "Largest file with goods",
    unit: "MiB",
    from: 1,
    to: 8_192,
    otherwise: USUAL_RULES.mostFileBytes / MIB,
  }),
  exchangeFrom: addresses({
    name: "MILA_EXCHANGE_FROM",
    meaning: "Addresses the exchange may be called from, commas between: 10.1.2.3, 10.1.0.0/16",
    otherwise: "everywhere",
  }),
  exchangePictureHosts: pictureHosts({
    name: "MILA_EXCHANGE_PICTURE_HOSTS",
    meaning: "Hosts pictures named by address are fetched from, by source: feed=cdn.example.by,*.example.by; other=img.example.com",
    otherwise: "none",
  }),
  exchangeVanish: percent(
    "MILA_EXCHANGE_VANISH_PERCENT",
    "An import that would hide more than this share of what its source shows waits for a person",
    brakes.vanishPercent,
  ),
  exchangeJumpTimes: whole({
    name: "MILA_EXCHANGE_JUMP_TIMES",
    meaning: "A price that becomes so many times higher or lower has jumped",
    unit: "times",
    from: 2,
    to: 1_000,
    otherwise: brakes.jumpTimes,
  }),
  exchangeJump: percent(
    "MILA_EXCHANGE_JUMP_PERCENT",
    "An import in which more than this share of prices jump or are zero waits for a person",
    brakes.jumpPercent,
  ),
  exchangeRefused: percent(
    "MILA_EXCHANGE_REFUSED_PERCENT",
    "An import of whose rows more than this share can't be taken waits for a person",
    brakes.refusedPercent,
  ),
} satisfies Record<string, Setting<unknown>>

type ExchangeSettings = { readonly [Key in keyof typeof EXCHANGE_SETTINGS]: ReturnType<(typeof EXCHANGE_SETTINGS)[Key]["read"]> }

export function importRulesOf(settings: ExchangeSettings): ImportRules {
  return {
    currencies: settings.exchangeCurrencies.toLowerCase().split(/\s*,\s*/),
    sku: settings.exchangeSku,
    brakes: {
      vanishPercent: settings.exchangeVanish,
      jumpTimes: settings.exchangeJumpTimes,
      jumpPercent: settings.exchangeJump,
      refusedPercent: settings.exchangeRefused,
    },
    pictureHosts: settings.exchangePictureHosts,
    mostFileBytes: settings.exchangeFileMb * MIB,
  }
}

/** Hosts by source; a host is a name, or `*.` and a name for all below it. */
function pictureHosts(described: { name: string; meaning: string; otherwise: string }): Setting<ImportRules["pictureHosts"]> {
  return {
    ...{ ...described, unit: "hosts" },
    read(given) {
      const told = (given ?? "").split(";").filter((part) => part.trim() !== "")
      return Object.fromEntries(
        told.map((part) => {
          const [source = "", hosts = ""] = part.trim().split(/\s*=\s*/, 2)
          const names = hosts.toLowerCase().split(/\s*,\s*/)
          if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(source) || !names.every((name) => HOST.test(name)))
            throw new Error("is a list of hosts by source like feed=cdn.example.by,*.example.by; other=img.example.com")
          return [source, names]
        }),
      )
    },
  }
}

const HOST = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,61}$/

/** Addresses and networks, as a question: may this one? */
function addresses({
  name,
  meaning,
  otherwise,
}: {
  name: string
  meaning: string
  otherwise: string
}): Setting<(address: string) => boolean> {
  return {
    ...{ name, meaning, unit: "addresses", otherwise },
    read(given) {
      if (given === undefined) return () => true
      const list = new BlockList()
      for (const one of given.split(",").map((part) => part.trim())) {
        const [address = "", bits] = one.split("/")
        const family = isIPv6(address) ? "ipv6" : "ipv4"
        try {
          if (bits === undefined) list.addAddress(address, family)
          else list.addSubnet(address, Number(bits), family)
        } catch {
          throw new Error("is a list of addresses like 10.1.2.3 or networks like 10.1.0.0/16")
        }
      }
      return (address) => {
        const plain = address.replace(/^::ffff:(?=\d+\.)/, "")
        return plain !== "" && list.check(plain, isIPv6(plain) ? "ipv6" : "ipv4")
      }
    },
  }
}
