#!/usr/bin/env node
import { COMMANDS } from "./commands.ts"
import { readSettings, WrongSettings } from "./settings.ts"

const [name = "help", ...words] = process.argv.slice(2)
const command = COMMANDS[name === "--help" || name === "-h" ? "help" : name]
if (!command) {
  console.error(`There is no command "${name}". See: npm run mila -- help`)
  process.exit(2)
}
try {
  process.exitCode = await command.run(words, () => readSettings(process.env))
} catch (error) {
  if (error instanceof WrongSettings) {
    console.error(`The settings are wrong · Настройки неверны:\n${error.faults.map((fault) => `  ${fault}`).join("\n")}`)
    process.exit(2)
  }
  // a sentence for a person; the log has the rest
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof Error && error.cause instanceof Error) console.error(`  ${error.cause.message}`)
  process.exit(1)
}
