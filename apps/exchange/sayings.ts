import { brakeText, failureText, type Import } from "@mila/exchange"

/** What 1C is told about an import: `progress` is asked again until it is `success`. 1C speaks Russian. */
export function importLines({ id, state, counts, heldFor, failure, note }: Import): string[] {
  switch (state) {
    case "done":
      return ["success", `Загрузка ${id}: записей ${counts["records"] ?? 0}, не принято ${counts["refused"] ?? 0}`]
    case "failed":
      return ["failure", failureText(failure?.code ?? "", failure ?? {}, "ru")]
    case "held":
      return [
        "failure",
        `Загрузка ${id} остановлена и ждёт решения сотрудника: ${heldFor.map((brake) => brakeText(brake, "ru")).join("; ")}`,
      ]
    case "stopped":
      return ["failure", `Загрузку ${id} отменил сотрудник${note ? `: ${note}` : ""}`]
    case "waiting":
    case "reading":
    case "judging":
    case "applying":
      return ["progress", `Загрузка ${id}: прочитано ${counts["records"] ?? 0}, применено ${counts["applied"] ?? 0}`]
  }
}
