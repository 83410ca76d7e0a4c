import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import { codesCsv } from '../../../../bin/directory/codes/csv.ts'
import { codesPage, type Sheet } from '../../../../bin/directory/codes/page.ts'
import { wordsOf } from '../../../../bin/directory/codes/texts.ts'
import type { IssuedCode } from '../../../../shared/directory/contract.ts'
import { activationAddress } from '../../../../shared/directory/sheet.ts'
import { loginOnSheet } from '../../../../web/session/activation/fragment.ts'
import { launch } from '../../../browser/chromium.ts'
import { rowsOf } from './rows.ts'

const handed = (change: Partial<IssuedCode> = {}): IssuedCode => ({
  person: '0'.repeat(16),
  givenName: 'Zoé',
  familyName: 'Petit',
  role: 'pupil',
  login: 'zoe.petit',
  className: '6e A',
  children: [],
  code: 'k7pq-2m9x-w4td',
  expiresAt: '2026-10-31T06:00:00.000Z',
  ...change,
})

const sheet: Sheet = {
  school: 'Collège des Saules',
  address: 'https://valmont.preau.example',
  territory: 'l’espace numérique du Val-de-Brume',
  words: wordsOf('fr'),
  now: new Date('2026-09-01T06:00:00.000Z'),
}

const guardian = (givenName: string, ...children: IssuedCode['children']): IssuedCode =>
  handed({
    role: 'guardian',
    givenName,
    login: givenName.toLowerCase(),
    children,
    className: children[0]?.className ?? '',
  })
const child = (givenName: string, familyName: string, className: string) => ({ givenName, familyName, className })

describe('codesCsv()', () => {
  test('is RFC 4180, whatever names hold', () => {
    const names = ['d’Or; "dit" Zed', 'Martin, fils', 'sur\r\ndeux lignes', 'Łukaszewicz']
    const rows = rowsOf(
      codesCsv(
        names.map(familyName => handed({ familyName })),
        sheet,
      ),
    )
    expect(
      rows
        .slice(1)
        .map(row => row[3])
        .sort(),
    ).toEqual(names.sort())
    expect(rows.every(row => row.length === 11)).toBe(true)
  })

  test.each(['=HYPERLINK("http://x")', '+1', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1'])(
    'gives a spreadsheet no formula in %j',
    name => {
      const [, row = []] = rowsOf(codesCsv([handed({ givenName: name, className: name })], sheet))
      for (const field of [row[1], row[4]]) expect(field).toBe(`'${name}`)
    },
  )
})

describe('codesPage()', () => {
  test('prints on A4: nothing beside the sheet, no strip over two pages, no name that runs', async () => {
    const long = handed({ familyName: 'de La Rochefoucauld-Montmorency d’Estissac', login: `${'long-'.repeat(14)}x` })
    const rogue = handed({ givenName: '<img src=x onerror="document.title=1">', className: '</style>' })
    const strips = [...Array.from({ length: 18 }, () => handed()), long, rogue]
    const browser = await launch()
    try {
      const page = await browser.newPage()
      const asked: string[] = []
      page.on('request', request => asked.push(request.url()))
      // A4 within its margins, in CSS pixels.
      await page.setViewportSize({ width: Math.round((194 / 25.4) * 96), height: Math.round((273 / 25.4) * 96) })
      await page.emulateMedia({ media: 'print' })
      await page.setContent(codesPage(strips, sheet))
      expect(await page.title()).toBe('Codes d’activation · Collège des Saules')
      expect(asked).toEqual([])
      const found = await page.evaluate(() => ({
        strips: document.querySelectorAll('section').length,
        beside: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        cut: [...document.querySelectorAll('section')].filter(one => one.scrollHeight > one.clientHeight).length,
        broken: [...document.querySelectorAll('section')].filter(one => getComputedStyle(one).breakInside !== 'avoid')
          .length,
      }))
      expect(found).toEqual({ strips: 20, beside: 0, cut: 0, broken: 0 })
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842])
      // Ten strips a page.
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBe(2)
    } finally {
      await browser.close()
    }
  })

  test('lists guardians under their children, with the place, the territory and no code in the address', () => {
    const html = codesPage(
      [
        guardian('Yann', child('Noa', 'Allard', '6e B')),
        guardian('Sophie', child('Mila', 'Barbier', '6e A'), child('Lucas', 'Barbier', '3e A')),
        guardian('Anne', child('Mila', 'Barbier', '6e A')),
      ],
      sheet,
    )
    const strips = html.split('<section').slice(1)
    expect(strips.map(strip => [/<h2>(.*?)</, /à remettre à <b>(.*?)</].map(part => part.exec(strip)?.[1]))).toEqual([
      ['BARBIER Mila', 'Anne Petit'],
      ['BARBIER Mila', 'Sophie Petit'],
      ['ALLARD Noa', 'Yann Petit'],
    ])
    expect(strips[1]).toContain('aussi pour Lucas Barbier, 3e A')
    expect(strips[2]).toContain('6e B · Collège des Saules')
    expect(strips[2]).toContain('<b>valmont.preau.example</b>, l’espace numérique du Val-de-Brume.')
    expect(html).toContain('<h1>6e A et 6e B, responsables légaux</h1>')
    expect(html).toContain('Feuille 1 sur 1 · Collège des Saules, 1er septembre 2026 · à découper')
  })
})

describe('activationAddress()', () => {
  test('holds the login in the fragment, as activation reads it, and never the code', () => {
    const address = activationAddress('https://valmont.preau.example', 'lea.martin2')
    expect(address).toBe('https://valmont.preau.example/activate#login=lea.martin2')
    expect(loginOnSheet(new URL(address).hash)).toBe('lea.martin2')
  })

  test('is what the QR code on the strip says', async () => {
    const html = codesPage([handed()], sheet)
    const browser = await launch()
    try {
      const page = await browser.newPage()
      await page.setContent(html)
      const path = (await page.locator('svg path').getAttribute('d')) ?? ''
      const modules = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, run]) => [
        Number(x),
        Number(y),
        Number(run),
      ])
      const { data } = encode(activationAddress('https://valmont.preau.example', 'zoe.petit'), { ecc: 'M', border: 0 })
      const drawn = data.map(row => row.map(() => false))
      for (const [x = 0, y = 0, run = 0] of modules) drawn[y]?.fill(true, x, x + run)
      expect(drawn).toEqual(data)
    } finally {
      await browser.close()
    }
  })
})
