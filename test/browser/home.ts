import type { Locator, Page } from 'playwright-core'

/** Home says whose it is, under the day: `homeOf(page, 'Sophie').waitFor()`. */
export const homeOf = (page: Page, givenName: string): Locator =>
  page.getByRole('banner').getByText(new RegExp(`^${givenName} `))
