import { EXCHANGE_SETTINGS } from "./exchange-settings.ts"
import { GATEWAY_SETTINGS, gatewayFaults } from "./gateway-settings.ts"
import { PEOPLE_SETTINGS } from "./people-settings.ts"
import { MAP_SETTINGS, mapFaults } from "./map-settings.ts"
import { PUSH_SETTINGS, pushFaults } from "./push-settings.ts"
import { SELLER_SETTINGS } from "./seller-settings.ts"
import { WALLET_SETTINGS, walletFaults } from "./wallet-settings.ts"
import { address, instant, oneOf, secretBytes, type Setting, text, whole } from "./setting-kinds.ts"

/** Every variable the programs read, in the order the documentation shows them. Nothing else in the product reads the environment. */
export const SETTINGS = {
  port: whole({ name: "PORT", meaning: "Port of all doors; 0 takes any free one", from: 0, to: 65_535, otherwise: 3000 }),
  host: text({
    name: "HOST",
    meaning: "Address the doors listen on; 0.0.0.0 lets other machines in",
    unit: "address",
    otherwise: "127.0.0.1",
  }),
  publicUrl: address({
    name: "MILA_PUBLIC_URL",
    meaning:
      "Address people and tills know us by; links are made from it, never from what a request says; passkeys belong to its host and end with it",
    protocols: ["http:", "https:"],
    otherwise: "http://localhost:PORT",
  }),
  trustedProxies: whole({
    name: "MILA_TRUSTED_PROXIES",
    meaning: "Proxies of our own in front of us, whose X-Forwarded-For is believed",
    unit: "count",
    from: 0,
    to: 5,
    otherwise: 0,
  }),
  databaseUrl: address({
    name: "DATABASE_URL",
    meaning: "A PostgreSQL of your own, 16 or newer, connected to as the owner of Mila's database. Without it the embedded one is started",
    protocols: ["postgres:", "postgresql:"],
    otherwise: "embedded PostgreSQL",
  }),
  dataDir: text({
    name: "MILA_DATA_DIR",
    meaning: "Folder of the embedded database, the secret and the seals",
    unit: "path",
    otherwise: ".data",
  }),
  secret: secretBytes({
    name: "MILA_SECRET",
    meaning: "Key of card numbers and personal data. Losing it loses them. Must be set with DATABASE_URL",
    atLeast: 32,
    otherwise: "made once into <data dir>/secret",
  }),
  pool: whole({
    name: "MILA_POOL",
    meaning: "Database connections of the web and the back office",
    unit: "connections",
    from: 1,
    to: 500,
    otherwise: 10,
  }),
  tillPool: whole({
    name: "MILA_TILL_POOL",
    meaning: "Database connections of the tills' own lane",
    unit: "connections",
    from: 1,
    to: 500,
    otherwise: 10,
  }),
  workerPool: whole({
    name: "MILA_WORKER_POOL",
    meaning: "Database connections of the worker",
    unit: "connections",
    from: 2,
    to: 100,
    otherwise: 4,
  }),
  queryTimeoutMs: whole({
    name: "MILA_QUERY_TIMEOUT_MS",
    meaning: "Patience with one database statement of the web and the back office",
    unit: "ms",
    from: 100,
    to: 600_000,
    otherwise: 15_000,
  }),
  tillTimeoutMs: whole({
    name: "MILA_TILL_TIMEOUT_MS",
    meaning: "Patience of the tills' lane with the database: one third to get a connection, the rest for a statement; then 503",
    unit: "ms",
    from: 300,
    to: 30_000,
    otherwise: 1_800,
  }),
  accountRequestsPerSecond: whole({
    ...{ name: "MILA_ACCOUNT_RATE", unit: "requests/s", from: 1, to: 100_000, otherwise: 20 },
    meaning:
      "Requests one app of a member's may send in a row a second, over a while, and one network without a token; more is answered 429",
  }),
  tillRequestsPerSecond: whole({
    ...{ name: "MILA_TILL_RATE", unit: "requests/s", from: 1, to: 100_000, otherwise: 50 },
    meaning: "Requests one till may send in a row a second, over a while; more is answered 429",
  }),
  tillQueue: whole({
    name: "MILA_TILL_QUEUE",
    meaning: "Requests of tills that may wait for the ledger; more is answered 503",
    unit: "requests",
    from: 16,
    to: 100_000,
    otherwise: 5_000,
  }),
  sealFile: text({
    name: "MILA_SEAL_FILE",
    meaning: "File that keeps the root of each sealed day outside the database, to prove that no day was rewritten",
    unit: "path",
    otherwise: null,
  }),
  metricsPort: whole({ name: "MILA_METRICS_PORT", meaning: "Port of Prometheus /metrics; 0 is off", from: 0, to: 65_535, otherwise: 9464 }),
  metricsHost: text({ name: "MILA_METRICS_HOST", meaning: "Address /metrics listens on", unit: "address", otherwise: "127.0.0.1" }),
  logLevel: oneOf({
    name: "MILA_LOG_LEVEL",
    meaning: "What is logged",
    words: ["debug", "info", "warn", "error", "silent"],
    otherwise: "info",
  }),
  logFile: text({
    name: "MILA_LOG_FILE",
    meaning: "File the log is written to; `mila start` in a terminal writes <data dir>/mila.log anyway",
    unit: "path",
    otherwise: null,
  }),
  tracesEndpoint: address({
    name: "OTEL_EXPORTER_OTLP_ENDPOINT",
    meaning: "OpenTelemetry collector (OTLP over HTTP) traces are sent to",
    protocols: ["http:", "https:"],
    otherwise: "no traces",
  }),
  serviceName: text({ name: "OTEL_SERVICE_NAME", meaning: "Name of this service in traces", otherwise: "mila" }),
  stopSeconds: whole({
    ...{ name: "MILA_STOP_SECONDS", unit: "s", from: 1, to: 25, otherwise: 20 },
    meaning: "Patience with requests under way when told to stop",
  }),
  drainDelayMs: whole({
    ...{ name: "MILA_DRAIN_DELAY_MS", unit: "ms", from: 0, to: 10_000, otherwise: 0 },
    meaning: "Time between turning unready and closing the port, for balancers that poll",
  }),
  demo: oneOf({
    name: "MILA_DEMO",
    meaning: "The demo chain: auto makes it on the first start of the embedded database, 1 always, 0 never",
    words: ["auto", "1", "0"],
    otherwise: "auto",
  }),
  demoGoods: whole({
    ...{ name: "MILA_DEMO_GOODS", unit: "things", from: 400, to: 20_000, otherwise: 20_000 },
    meaning: "How many things the demo chain sells; fewer make its first start quicker",
  }),
  search: oneOf({
    name: "MILA_SEARCH",
    meaning:
      "Where goods are looked for: memory is an index in a thread of each process, the quickest; postgres is one index for all of them",
    words: ["memory", "postgres"],
    otherwise: "memory",
  }),
  messages: oneOf({
    name: "MILA_MESSAGES",
    meaning:
      "Who carries messages to people: local lets them arrive in the outbox, to be read there; none carries nothing and says so of each; " +
      "auto is the gateways below where one is set, else local on a demo chain or under a simulated clock, else none",
    words: ["auto", "local", "none"],
    otherwise: "auto",
  }),
  operatorName: text({
    name: "MILA_OPERATOR",
    meaning: "Who processes personal data, as it stands in the register: named in every consent (Law 99-З, article 5)",
    otherwise: "ООО «Мила»",
  }),
  operatorAddress: text({
    name: "MILA_OPERATOR_ADDRESS",
    meaning: "Where the operator sits: named in every consent",
    otherwise: "Республика Беларусь, г. Минск",
  }),
  operatorEmail: text({
    name: "MILA_OPERATOR_EMAIL",
    meaning: "Where people write about their data",
    unit: "address",
    otherwise: "privacy@example.by",
  }),
  ...PEOPLE_SETTINGS,
  ...SELLER_SETTINGS,
  ...GATEWAY_SETTINGS,
  ...PUSH_SETTINGS,
  ...MAP_SETTINGS,
  ...WALLET_SETTINGS,
  ...EXCHANGE_SETTINGS,
  clock: oneOf({
    name: "MILA_CLOCK",
    meaning: "simulated: the back office may move the clock forward. For replays and tests, never for a shop",
    words: ["system", "simulated"],
    otherwise: "system",
  }),
  clockStart: instant({ name: "MILA_CLOCK_START", meaning: "Where a simulated clock begins", otherwise: "now" }),
} satisfies Record<string, Setting<unknown>>

export type Settings = { readonly [Key in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Key]["read"]> }

/** Read by tools beside the programs; set by mistake for a program they do no harm. */
const OF_TOOLS = new Set(["MILA_URL", "MILA_KEY", "MILA_STAFF_KEY", "MILA_SHARED_DATA", "MILA_TILL_FILE", "MILA_TILL_NOW"])

/** The environment is wrong. `faults` names each variable and what is wrong with it; never its value, which may be a secret. */
export class WrongSettings extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(faults.join("\n"))
    this.name = "WrongSettings"
    this.faults = faults
  }
}

/** Reads the settings; an empty variable counts as not set; certificates count at `at`. Errors: WrongSettings with everything that is wrong, at once. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, { at = new Date() }: { at?: Date } = {}): Settings {
  const faults: string[] = []
  const read = Object.entries<Setting<unknown>>(SETTINGS).map(([key, setting]) => {
    try {
      return [key, setting.read(env[setting.name] || undefined)]
    } catch (error) {
      faults.push(`${setting.name} ${error instanceof Error ? error.message : String(error)}`)
      return [key, undefined]
    }
  })
  const settings = Object.fromEntries(read) as Settings
  const known = new Set(Object.values(SETTINGS).map(({ name }) => name))
  for (const name of Object.keys(env)) {
    if (name.startsWith("MILA_") && !known.has(name) && !OF_TOOLS.has(name))
      faults.push(`${name} is not a setting; see: npm run mila -- settings`)
  }
  if (settings.databaseUrl && !settings.secret) faults.push(`${SETTINGS.secret.name} must be set with ${SETTINGS.databaseUrl.name}`)
  faults.push(...gatewayFaults(settings), ...pushFaults(settings), ...mapFaults(settings), ...walletFaults(settings, { at }))
  if (settings.clockStart && settings.clock !== "simulated")
    faults.push(`${SETTINGS.clockStart.name} asks for ${SETTINGS.clock.name}=simulated`)
  if (settings.metricsPort !== 0 && settings.metricsPort === settings.port)
    faults.push(`${SETTINGS.metricsPort.name} is the same as ${SETTINGS.port.name}`)
  if (faults.length > 0) throw new WrongSettings(faults)
  return settings
}

/** The documentation of all settings, as text for a screen. */
export function settingsTable(): string {
  return Object.values<Setting<unknown>>(SETTINGS)
    .map(({ name, meaning, unit, otherwise }) => `${name}\n    ${meaning}.\n    ${unit}; default: ${otherwise}\n`)
    .join("\n")
}
