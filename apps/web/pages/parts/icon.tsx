const SHAPES = {
  home: "M4 11.5 12 4l8 7.5V20h-5v-5H9v5H4z",
  card: "M3.5 6.5h17v11h-17zM3.5 10h17M7 14.5h4",
  points: "M12 3.5l2.4 5.3 5.6.7-4.1 3.9 1.1 5.7-5-2.8-5 2.8 1.1-5.7L4 9.5l5.6-.7z",
  receipts: "M6 3.5h12v17l-2.4-1.6-2.4 1.6-2.4-1.6-2.4 1.6L6 20.500zM9 8h6M9 12h6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  data: "M12 12.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c1-3.800 4-5.500 7.500-5.500s6.500 1.700 7.500 5.500",
  reviews: "M12 4.500l2.300 4.700 5.200.750-3.750 3.650.900 5.150L12 16.300l-4.650 2.450.900-5.150L4.500 9.950l5.200-.750z",
  subscriptions: "M4 6h16v12H4zM4 7l8 6 8-6",
  devices: "M8 3.500h8v17H8zM11 17.500h2",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21",
  passkey:
    "M8 19.500c1-2 1.300-4.500 1.300-7a2.700 2.700 0 0 1 5.400 0c0 3-.4 5.500-1.200 8M5.500 16.500c.5-1.300.6-2.600.6-4a5.900 5.900 0 0 1 11.800 0c0 1.800-.1 3.500-.5 5.200M12 12.500c0 2.700-.3 5.300-1.300 8M5 8.300a8.500 8.500 0 0 1 13.300-1.800",
  place:
    "M12 21c4.500-5.300 6.800-8.700 6.800-11.500a6.800 6.800 0 1 0-13.600 0C5.200 12.300 7.500 15.700 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  map: "M9 4.500 3.500 6.500v13L9 17.500l6 2 5.500-2v-13L15 6.500zM9 4.500v13M15 6.500v13",
  list: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  camera: "M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 16.500a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400z",
  torch: "M9 3.500h6v4l-1.500 3v10h-3v-10L9 7.500zM9 7.500h6M12 13v2",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-2.500 4 3.500M15.500 9.500h.01",
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
