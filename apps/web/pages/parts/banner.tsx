import type { ReactNode } from "react"

// what a promotion is decorated with: petals, leaves, bubbles, rays
const DRAWN: Readonly<Record<string, readonly string[]>> = {
  rose: [
    "M150 160C90 150 60 100 80 40c50 20 80 60 70 120z",
    "M150 160c-20-60 0-110 60-140 30 60 10 115-60 140z",
    "M150 160c20-60 70-90 130-70-10 60-65 90-130 70z",
    "M150 160c60-10 110 10 130 65-60 15-110-10-130-65z",
    "M150 160c10 60-20 105-80 120-20-60 20-105 80-120z",
  ],
  mint: [
    "M40 260C60 150 130 70 270 40 270 170 190 250 40 260z",
    "M40 260 215 95M90 205l-5-60M130 168l-5-62M170 130l-3-50M100 200l70 10M140 160l75 5",
    "M20 120c30-60 80-85 140-80-20 55-70 85-140 80z",
  ],
  sky: [
    "M210 150a70 70 0 1 1-140 0 70 70 0 0 1 140 0z",
    "M280 60a34 34 0 1 1-68 0 34 34 0 0 1 68 0z",
    "M270 220a22 22 0 1 1-44 0 22 22 0 0 1 44 0z",
    "M110 60a18 18 0 1 1-36 0 18 18 0 0 1 36 0z",
    "M100 130c5-20 18-33 38-38",
  ],
  gold: [
    "M150 150 150 10M150 150 205 22M150 150 249 51M150 150 278 95M150 150 290 150M150 150 278 205M150 150 249 249M150 150 205 278M150 150 150 290M150 150 95 278M150 150 51 249M150 150 22 205M150 150 10 150M150 150 22 95M150 150 51 51M150 150 95 22",
    "M195 150a45 45 0 1 1-90 0 45 45 0 0 1 90 0z",
  ],
}

/** The face of a promotion: its colours and its drawing come from its look. */
export function Banner({ look, children }: { look: string; children: ReactNode }) {
  const drawn = DRAWN[look] ?? DRAWN["rose"]!
  return (
    <div className={`banner look-${look}`}>
      <svg viewBox="0 0 300 300" aria-hidden="true">
        {drawn.map((path) => (
          <path key={path} d={path} />
        ))}
      </svg>
      {children}
    </div>
  )
}
