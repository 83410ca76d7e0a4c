import { localStore, safely } from './storage.ts'

/** `auto`: follows the device's setting. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'preau.theme'

/** The theme chosen on this device. */
export const chosenTheme = (): Theme => themes.find(theme => theme === localStore.getItem(storageKey)) ?? 'auto'

/** Applies a theme, by default the one chosen on this device. */
export const showTheme = (theme = chosenTheme()): void => {
  if (theme === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Stores and applies the theme of this device. */
export const chooseTheme = (theme: Theme): void => {
  safely(() => localStore.setItem(storageKey, theme))
  showTheme(theme)
}
