import { type DemoSignIns, fileOf, signInLines } from "./demo/demo-chain.ts"
import type { Program } from "./program.ts"
import type { Settings } from "./settings.ts"

/** What a newcomer reads when everything runs: where to go and how to sign in. */
export function welcome({
  settings,
  program,
  signIns,
}: {
  settings: Settings
  program: Program
  signIns: DemoSignIns | undefined
}): string {
  const base = settings.publicUrl ?? `http://localhost:${program.port}`
  const lines: [string, string][] = [
    ["Web · Сайт", base],
    ["Tills · Кассы", `${base}/docs`],
    ["Back office · Бэк-офис", `${base}/office/v1/openapi.json`],
    ["Health · Состояние", `${base}/health/ready`],
  ]
  if (settings.metricsPort !== 0) lines.push(["Figures · Метрики", `http://localhost:${settings.metricsPort}/metrics`])
  const demo = signIns ? ["", "The demo chain · Демо-сеть", "", ...columns(signInLines(signIns)), `  ${fileOf(settings.dataDir)}`] : []
  return ["", "Mila is ready · Mila готова", "", ...columns(lines), ...demo, "", "  Ctrl-C stops it · Ctrl-C остановит", ""].join("\n")
}

function columns(lines: readonly [string, string][]): string[] {
  const width = Math.max(24, ...lines.map(([name]) => name.length)) + 2
  return lines.map(([name, value]) => `  ${name.padEnd(width)}${value}`)
}
