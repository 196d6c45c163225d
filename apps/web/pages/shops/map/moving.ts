import type { World } from "./mercator.ts"

type Movable = { signal: AbortSignal; move: (dx: number, dy: number) => void; zoomBy: (by: number, at?: World) => void }

const DRAGGED = 8 // pixels
const STEP = 80 // pixels an arrow key moves

/** Fingers, mouse, wheel and keys. The wheel scrolls the page until the map has the focus, so that nobody gets stuck over it. */
export function moving(root: HTMLElement, { signal, move, zoomBy }: Movable): void {
  const fingers = new Map<number, World>()
  let moved = 0
  const fromMiddle = ({ clientX, clientY }: { clientX: number; clientY: number }): World => {
    const { left, top, width, height } = root.getBoundingClientRect()
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 }
  }
  root.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return
      moved = 0
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    },
    { signal },
  )
  window.addEventListener(
    "pointermove",
    (event) => {
      const before = fingers.get(event.pointerId)
      if (!before) return
      const now = { x: event.clientX, y: event.clientY }
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
      fingers.set(event.pointerId, now)
      moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y)
      if (!other) return move(now.x - before.x, now.y - before.y)
      const grown = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y))
      move((now.x - before.x) / 2, (now.y - before.y) / 2)
      zoomBy(Math.log2(grown), fromMiddle({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 }))
    },
    { signal },
  )
  for (const end of ["pointerup", "pointercancel"] as const)
    window.addEventListener(end, ({ pointerId }) => void fingers.delete(pointerId), { signal })
  // a map that was dragged by one of its marks was not pressed there
  root.addEventListener("click", (event) => moved > DRAGGED && (event.stopPropagation(), (moved = 0)), { signal, capture: true })
  root.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !root.contains(document.activeElement)) return
      event.preventDefault()
      zoomBy(-event.deltaY / (event.deltaMode === 1 ? 12 : 240), fromMiddle(event))
    },
    { signal, passive: false },
  )
  root.addEventListener("dblclick", (event) => zoomBy(1, fromMiddle(event)), { signal })
  root.addEventListener(
    "keydown",
    (event) => {
      const step = ARROWS[event.key]
      if (step && event.target === root) move(...step)
      else if (event.key === "+" || event.key === "=") zoomBy(1)
      else if (event.key === "-") zoomBy(-1)
      else return
      event.preventDefault()
    },
    { signal },
  )
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}
