import { Form } from "react-router"
import type { SpendingShown } from "./spending.server.ts"

/** Whether points may be spent, and the button that changes it. */
export function SpendingPanel({ spending: { words, isOpen, isLocked, unlocks, says } }: { spending: SpendingShown }) {
  return (
    <section className={isOpen ? "panel" : "panel tinted"} id="spending">
      <h2>{words.title}</h2>
      <p role={isOpen ? undefined : "status"}>{says}</p>
      {(!isLocked || unlocks) && (
        <Form method="post" className="row">
          {isLocked ? (
            <button className="button small" name="act" value="spendingOpened">
              {words.unlock}
            </button>
          ) : (
            <button className="button quiet small" name="act" value="spendingClosed">
              {words.lock}
            </button>
          )}
        </Form>
      )}
    </section>
  )
}
