import type { Level } from "./level.server.ts"

/** The level, and a bar that fills up to the next one. */
export function LevelPanel({ level: { title, name, bought, next, falls, turnover, goal } }: { level: Level }) {
  return (
    <section className="panel level">
      <h2>
        {title} <em>{name}</em>
      </h2>
      {goal !== null && <progress value={turnover} max={goal} aria-label={next ?? title} />}
      {next && <p>{next}</p>}
      <p className="soft">
        {bought}
        {falls && (
          <>
            <br />
            {falls}
          </>
        )}
      </p>
    </section>
  )
}
