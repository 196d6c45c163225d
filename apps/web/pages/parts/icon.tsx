const SHAPES = {
  home: "M4 11.5 12 4l8 7.5V20h-5v-5H9v5H4z",
  card: "M3.5 6.5h17v11h-17zM3.5 10h17M7 14.5h4",
  points: "M12 3.5l2.4 5.3 5.6.7-4.1 3.9 1.1 5.7-5-2.8-5 2.8 1.1-5.7L4 9.5l5.6-.7z",
  receipts: "M6 3.5h12v17l-2.4-1.6-2.4 1.6-2.4-1.6-2.4 1.6L6 20.500zM9 8h6M9 12h6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  data: "M12 12.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c1-3.800 4-5.500 7.500-5.500s6.500 1.700 7.500 5.500",
  subscriptions: "M4 6h16v12H4zM4 7l8 6 8-6",
  devices: "M8 3.500h8v17H8zM11 17.500h2",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21",
  passkey:
    "M8 19.500c1-2 1.300-4.500 1.300-7a2.700 2.700 0 0 1 5.400 0c0 3-.4 5.500-1.200 8M5.500 16.500c.5-1.300.6-2.600.6-4a5.900 5.900 0 0 1 11.800 0c0 1.800-.1 3.500-.5 5.200M12 12.500c0 2.700-.3 5.300-1.300 8M5 8.300a8.500 8.500 0 0 1 13.300-1.800",
  signOut: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
} as const

export type IconName = keyof typeof SHAPES

/** A small line drawing beside its word; it says nothing of its own to whoever listens. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 3 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={SHAPES[name]} />
    </svg>
  )
}
