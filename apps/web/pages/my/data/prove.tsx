import { To } from "../../parts/link.tsx"

type Words = { prove: string; proveSays: string; proveDo: string }

/** What is grave takes a recent sign-in; from it one comes back to `next`. */
export function Prove({ words, next }: { words: Words; next: string }) {
  return (
    <section className="panel tinted">
      <h2>{words.prove}</h2>
      <p>{words.proveSays}</p>
      <p className="row">
        <To className="button" to={`/my/devices?prove=${encodeURIComponent(next)}`}>
          {words.proveDo}
        </To>
      </p>
    </section>
  )
}
