import { describe, expect, test } from 'vitest'
import { codesCsv } from '../../../../bin/directory/codes/csv.ts'
import { codesPage } from '../../../../bin/directory/codes/page.ts'
import { wordsOf } from '../../../../bin/directory/codes/texts.ts'
import type { Handed } from '../../../../functions/directory/codes/of-school.ts'
import { launch } from '../../../browser/chromium.ts'
import { rowsOf } from './rows.ts'

const handed = (change: Partial<Handed['code']> = {}): Handed => ({
  role: 'pupil',
  code: {
    person: '0'.repeat(16),
    givenName: 'Zoé',
    familyName: 'Petit',
    login: 'zoe.petit',
    className: '6e A',
    code: 'k7pq-2m9x-w4td',
    expiresAt: '2026-10-31T06:00:00.000Z',
    ...change,
  },
})

const french = wordsOf('fr')

describe('codesCsv()', () => {
  test('is RFC 4180, whatever names hold', () => {
    const names = ['d’Or; "dit" Zed', 'Martin, fils', 'sur\r\ndeux lignes', 'Łukaszewicz']
    const rows = rowsOf(
      codesCsv(
        names.map(familyName => handed({ familyName })),
        french,
      ),
    )
    expect(rows.slice(1).map(row => row[2])).toEqual(names)
    expect(rows.every(row => row.length === 7)).toBe(true)
  })

  test.each(['=HYPERLINK("http://x")', '+1', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1'])(
    'gives a spreadsheet no formula in %j',
    name => {
      const [, row = []] = rowsOf(codesCsv([handed({ givenName: name, className: name })], french))
      for (const field of [row[1], row[3]]) expect(field).toBe(`'${name}`)
    },
  )
})

describe('codesPage()', () => {
  test('prints on A4: nothing beside the sheet, no strip over two pages, no name that runs', async () => {
    const long = handed({ familyName: 'de La Rochefoucauld-Montmorency d’Estissac', login: `${'long-'.repeat(14)}x` })
    const rogue = handed({ givenName: '<img src=x onerror="document.title=1">', className: '</style>' })
    const sheet = { school: 'Collège des Saules', address: 'https://valmont.preau.example', words: french }
    const strips = [...Array.from({ length: 18 }, () => handed()), long, rogue]
    const browser = await launch()
    try {
      const page = await browser.newPage()
      const asked: string[] = []
      page.on('request', request => asked.push(request.url()))
      // A4 within its margins, in CSS pixels.
      await page.setViewportSize({ width: Math.round((186 / 25.4) * 96), height: Math.round((273 / 25.4) * 96) })
      await page.emulateMedia({ media: 'print' })
      await page.setContent(codesPage(strips, sheet))
      expect(await page.title()).toBe('Codes d’activation · Collège des Saules')
      expect(asked).toEqual([])
      const found = await page.evaluate(() => ({
        strips: document.querySelectorAll('section').length,
        beside: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        broken: [...document.querySelectorAll('section')].filter(one => getComputedStyle(one).breakInside !== 'avoid')
          .length,
      }))
      expect(found).toEqual({ strips: 20, beside: 0, broken: 0 })
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842])
      // Seven to ten strips a page, by the machine's fonts.
      expect([2, 3]).toContain(pdf.match(/\/Type \/Page\b/g)?.length)
    } finally {
      await browser.close()
    }
  })
})
