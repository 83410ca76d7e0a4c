import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtSite } from '../support/built.ts'

const site = builtSite()
const read = (file: string) => readFileSync(join(site, file))

/** Width and height of a PNG file: its first chunk, as the PNG specification (third edition, 5.2 and 11.2.1) has it. */
const sizeOf = (file: string): string => {
  const bytes = read(file)
  expect(bytes.subarray(0, 8).toString('hex'), file).toBe('89504e470d0a1a0a')
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`
}

type Icon = { readonly src: string; readonly sizes: string; readonly type: string; readonly purpose: string }
const { icons } = JSON.parse(read('manifest.webmanifest').toString()) as { readonly icons: readonly Icon[] }

describe('the icons of the installed app', () => {
  it('are there as drawings and as pictures of the sizes that the manifest names', () => {
    const pictures = icons.filter(({ type }) => type === 'image/png')
    expect(pictures.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
      '192x192 any',
      '512x512 any',
      '512x512 maskable',
    ])
    for (const { src, sizes } of pictures) expect(sizeOf(src), src).toBe(sizes)
    for (const { src } of icons) expect(existsSync(join(site, src)), src).toBe(true)
  })

  it('has one for the home screens that read no manifest', () => {
    const [, src = ''] = /<link rel="apple-touch-icon" href="([^"]+)"/.exec(read('index.html').toString()) ?? []
    expect(sizeOf(src)).toBe('180x180')
  })

  it('has its mark on the device, for pages without a network', () => {
    const page = read('index.html').toString()
    const [, mark = ''] = /<link rel="icon"[^>]* href="\/([^"]+)"/.exec(page) ?? []
    expect(mark).toBe('mark.svg')
    expect(read('sw.js').toString()).toContain(`url:"${mark}"`)
  })
})
