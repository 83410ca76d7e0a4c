import type { Browser, BrowserContext, Page } from 'playwright-core'
import { sessionContract } from '../../shared/session/contract.ts'
import { accepted } from '../support/accepted.ts'
import type { Visitor } from '../support/http.ts'
import { populate, type Valmont } from '../support/populate.ts'
import { startTerritory, type Territory } from '../support/territory.ts'
import { timeoutMs } from '../support/timeout.ts'
import type { Name } from '../support/valmont.ts'
import { launch } from './chromium.ts'
import { watch } from './watch.ts'

export type Looks = {
  /** CSS pixels. */
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
  /** What the browser asks pages for; Préau speaks French until it is told otherwise. */
  readonly locale?: string
  /** The IANA name of the device's time zone. */
  readonly zone?: string
}

/** `session`: `shared`, one of the person's that other visits use too, for tests that neither end nor change it. */
export type Signed = { readonly session?: 'shared' | 'own' }

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong that no test said would: console errors, breaches of the content policy, other hosts. */
  readonly troubles: () => string[]
  /** From now on the console may say this: a refusal that a test provokes is an error to the browser. */
  readonly expect: (said: RegExp) => void
  readonly close: () => Promise<void>
}

export type Fixture<Started extends Territory = Territory> = {
  readonly territory: Started
  readonly valmont: Valmont
  readonly browser: Browser
  /** A browser of its own for somebody signed in on their own device, or for nobody. */
  readonly visit: (as: Name | undefined, looks?: Looks & Signed) => Promise<Visit>
  readonly close: () => Promise<void>
}

/** Milliseconds for which a session is shared: none of its visits renews it, which would end it for the others. */
const sharedFor = 5 * 60_000

/** A browser, and Valmont in a territory of that assembly, which it reaches. */
export const openFixture = (assembly: string): Promise<Fixture> => fixtureOf(startTerritory({ assembly }))

/** As openFixture(), in a territory that was started otherwise. */
export const fixtureOf = async <Started extends Territory>(starting: Promise<Started>): Promise<Fixture<Started>> => {
  const territory = await starting
  let browser: Browser | undefined
  const close = async () => {
    await browser?.close()
    await territory.stop()
  }
  try {
    const valmont = await populate(territory)
    const opened = await launch()
    browser = opened
    const signIn = async (name: Name) => signedIn(await valmont.as(name), territory.url)
    const shared = new Map<Name, { readonly until: number; readonly state: ReturnType<typeof signIn> }>()
    const stateOf = (name: Name, session: 'shared' | 'own') => {
      const known = shared.get(name)
      if (session === 'own') return signIn(name)
      if (known && Date.now() < known.until) return known.state
      const state = signIn(name)
      shared.set(name, { until: Date.now() + sharedFor, state })
      return state
    }
    const visit: Fixture<Started>['visit'] = async (as, looks = {}) => {
      const { width = 1280, height = 800, theme = 'light', locale = 'fr-FR' } = looks
      const { zone = 'Europe/Paris', session = 'own' } = looks
      const storageState = as && (await stateOf(as, session))
      const context = await opened.newContext({
        ...(storageState && { storageState }),
        baseURL: territory.url,
        viewport: { width, height },
        colorScheme: theme,
        locale,
        timezoneId: zone,
        reducedMotion: 'reduce',
        hasTouch: width < 700,
      })
      context.setDefaultTimeout(timeoutMs(3))
      const page = await context.newPage()
      return { page, context, ...watch(context, territory.url), close: () => context.close() }
    }
    return { territory, valmont, browser: opened, visit, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What a sign-in over HTTP on a device of one's own leaves in a browser: cookies, and who is signed in. */
const signedIn = async (visitor: Visitor, url: string) => {
  const { hostname: domain, origin } = new URL(url)
  const { body: me } = await accepted(visitor.ask(sessionContract.routes.me))
  return {
    cookies: [...visitor.cookies].map(([name, { value, path }]) => ({
      name,
      value,
      path,
      domain,
      expires: -1,
      secure: true,
      httpOnly: true,
      sameSite: 'Lax' as const,
    })),
    origins: [{ origin, localStorage: [{ name: 'preau.me', value: JSON.stringify({ me, personal: true }) }] }],
  }
}
