const isApplePhone = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1)

/** Whether this is a phone of Apple's on whose home screen we do not stand: there a person puts us by hand, and no browser offers it. */
export const isOffAppleHome = (): boolean => isApplePhone() && !matchMedia("(display-mode: standalone)").matches
