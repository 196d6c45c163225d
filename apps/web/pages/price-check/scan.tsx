import { useNavigate } from "react-router"
import { pathIn } from "../parts/address.ts"
import { useRoot } from "../parts/root-data.ts"
import { CameraOrPicture } from "../parts/scan/camera-or-picture.tsx"
import type { PricePage } from "./page.server.ts"

/** What costs the thing in front of the camera. Digits below work without it. */
export function Scan({ page: { words, shop } }: { page: PricePage }) {
  const { locale } = useRoot()
  const navigate = useNavigate()
  const show = (ean: string) => {
    const asked = new URLSearchParams({ ean, ...(shop ? { shop: shop.code } : {}) })
    void navigate(`${pathIn(locale, "/price-check")}?${asked.toString()}`, { preventScrollReset: true })
  }
  return <CameraOrPicture wanted="goods" words={words} found={show} />
}
