import { lasting, safely } from './storage.ts'

/** `auto`: as the device is set. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const keptAs = 'preau.theme'

/** The theme chosen on this device. */
export const chosenTheme = (): Theme => themes.find(theme => theme === lasting.getItem(keptAs)) ?? 'auto'

/** Shows the theme chosen on this device, or this one. */
export const showTheme = (theme = chosenTheme()): void => {
  if (theme === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Chooses the theme of this device, and shows it. */
export const chooseTheme = (theme: Theme): void => {
  safely(() => lasting.setItem(keptAs, theme))
  showTheme(theme)
}
