import type { Shot } from "@mila/catalog"

type Wishes = {
  shot: Shot
  /** how wide it is on the page, for the browser to choose by: `(min-width: 60rem) 34rem, 100vw` */
  sizes: string
  alt: string
  /** fetched at once, before others */
  first?: boolean
  eager?: boolean
}

/** A picture whose place is known before it comes: nothing moves. */
export function Picture({ shot: { src, srcSet, width, height }, sizes, alt, first = false, eager = first }: Wishes) {
  const many = srcSet === null ? {} : { srcSet, sizes }
  return (
    <img
      {...many}
      src={src}
      alt={alt}
      width={width}
      height={height}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      {...(first ? { fetchPriority: "high" } : {})}
    />
  )
}
