import { type Fixture, openFixture } from '../browser/fixture.ts'
import { assembly } from '../support/assembly.ts'
import { password } from '../support/populate.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { median, type Part } from './figure.ts'

/** A parent's old phone on a mobile network: bits a second, milliseconds there and back, how much slower than here. */
const phone = { down: 1_600_000, up: 750_000, latency: 150, slower: 4 }
const visits = 3

type Visit = { readonly signIn: number; readonly home: number; readonly again: number }

const visitOf = async ({ visit, valmont }: Fixture): Promise<Visit> => {
  const { page, context, close } = await visit(undefined, { width: 360 })
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: phone.latency,
    downloadThroughput: phone.down / 8,
    uploadThroughput: phone.up / 8,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: phone.slower })
  const timed = async (act: () => Promise<unknown>): Promise<number> => {
    const began = performance.now()
    await act()
    return performance.now() - began
  }
  const shown = () => page.getByText(titleOf.outing).first().waitFor()
  const signIn = await timed(async () => {
    await page.goto('/')
    await page.getByLabel('Identifiant').waitFor()
  })
  await page.getByLabel('Identifiant').fill(valmont.credentials('sophie').login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByLabel('C’est mon appareil').check()
  const home = await timed(async () => {
    await page.keyboard.press('Enter')
    await shown()
  })
  // The shell and what was read are on the device from then on.
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForTimeout(2_000)
  const again = await timed(async () => {
    await page.reload()
    await shown()
  })
  await close()
  return { signIn, home, again }
}

/** What a parent on an old phone waits for: the first time, after signing in, and when they come back. */
export const onPhone = async (): Promise<Part> => {
  const fixture = await openFixture(await assembly())
  try {
    await publishNews(fixture.valmont)
    await fixture.valmont.as('sophie')
    const measured: Visit[] = []
    for (let count = 0; count < visits; count++) measured.push(await visitOf(fixture))
    const figure = (what: string, of: keyof Visit, note: string) => ({
      what,
      value: median(measured.map(one => one[of])),
      unit: 'ms' as const,
      note,
    })
    return {
      name: `An old phone: a processor ${phone.slower} times slower than here, ${phone.down / 1e6} Mb/s, ${phone.latency} ms there and back; median of ${visits}`,
      figures: [
        figure('sign-in shown', 'signIn', 'a browser that has nothing'),
        figure('home shown after signing in', 'home', 'the password’s hash is part of it'),
        figure('home shown again', 'again', 'the shell and the last content are on the device'),
      ],
    }
  } finally {
    await fixture.close()
  }
}
