import type { World } from "./mercator.ts"

type Movable = { signal: AbortSignal; move: (dx: number, dy: number) => void; zoomBy: (by: number, at?: World) => void }

const DRAGGED = 8 // pixels
const STEP = 80 // pixels an arrow key moves
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}

/** Fingers, mouse, wheel and keys. The wheel scrolls the page until the map has the focus, so that nobody gets stuck over it. */
export function moving(root: HTMLElement, movable: Movable): void {
  const fromMiddle = ({ clientX, clientY }: { clientX: number; clientY: number }): World => {
    const { left, top, width, height } = root.getBoundingClientRect()
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 }
  }
  byFingers(root, movable, fromMiddle)
  byWheelAndKeys(root, movable, fromMiddle)
}

type FromMiddle = (at: { clientX: number; clientY: number }) => World

function byFingers(root: HTMLElement, { signal, move, zoomBy }: Movable, fromMiddle: FromMiddle): void {
  const fingers = new Map<number, World>()
  let moved = 0
  const begin = ({ button, pointerId, clientX: x, clientY: y }: PointerEvent): void => {
    if (button !== 0) return
    moved = 0
    fingers.set(pointerId, { x, y })
  }
  const go = ({ pointerId, clientX: x, clientY: y }: PointerEvent): void => {
    const before = fingers.get(pointerId)
    if (!before) return
    const other = [...fingers].find(([id]) => id !== pointerId)?.[1]
    fingers.set(pointerId, { x, y })
    moved += Math.abs(x - before.x) + Math.abs(y - before.y)
    if (!other) return move(x - before.x, y - before.y)
    const grown = Math.hypot(x - other.x, y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y))
    move((x - before.x) / 2, (y - before.y) / 2)
    zoomBy(Math.log2(grown), fromMiddle({ clientX: (x + other.x) / 2, clientY: (y + other.y) / 2 }))
  }
  const end = ({ pointerId }: PointerEvent): void => void fingers.delete(pointerId)
  root.addEventListener("pointerdown", begin, { signal })
  window.addEventListener("pointermove", go, { signal })
  window.addEventListener("pointerup", end, { signal })
  window.addEventListener("pointercancel", end, { signal })
  // a map that was dragged by one of its marks was not pressed there
  root.addEventListener("click", (event) => moved > DRAGGED && (event.stopPropagation(), (moved = 0)), { signal, capture: true })
}

function byWheelAndKeys(root: HTMLElement, { signal, move, zoomBy }: Movable, fromMiddle: FromMiddle): void {
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !root.contains(document.activeElement)) return
    event.preventDefault()
    zoomBy(-event.deltaY / (event.deltaMode === 1 ? 12 : 240), fromMiddle(event))
  }
  const press = (event: KeyboardEvent): void => {
    const step = ARROWS[event.key]
    if (step && event.target === root) move(...step)
    else if (event.key === "+" || event.key === "=") zoomBy(1)
    else if (event.key === "-") zoomBy(-1)
    else return
    event.preventDefault()
  }
  root.addEventListener("wheel", wheel, { signal, passive: false })
  root.addEventListener("dblclick", (event) => zoomBy(1, fromMiddle(event)), { signal })
  root.addEventListener("keydown", press, { signal })
}
