import { brakeText, failureText, type Import } from "@mila/exchange"

/** What 1C is told about an import: `progress` is asked again until it is `success`. 1C speaks Russian. */
export function importLines({ id, what, state, counts, heldFor, failure, note }: Import): string[] {
  switch (state) {
    case "done":
      if (what === "deactivate")
        return ["success", `Загрузка ${id}: убрано с витрины товаров — ${counts["hidden"] ?? 0}, ничего не удалено`]
      return ["success", `Загрузка ${id}: записей ${counts["records"] ?? 0}, не принято ${refusedOf(counts, id)}`]
    case "failed":
      return ["failure", failureText(failure?.code ?? "", failure ?? {}, "ru")]
    case "held":
      return [
        "failure",
        `Загрузка ${id} остановлена, на витрине всё по-прежнему: ${heldFor.map((brake) => brakeText(brake, "ru")).join("; ")}. Решает сотрудник в бэк-офисе; отпущенная загрузка идёт дальше сама`,
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

function refusedOf({ refused = 0 }: Import["counts"], id: number): string {
  return refused === 0 ? "0" : `${refused}; строки, поля и причины — в бэк-офисе, загрузка ${id}`
}
