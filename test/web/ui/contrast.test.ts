import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../../lib/platform/root.ts'

/** What is written in a colour (the first) on each of the others: 4.5:1. */
const texts: Readonly<Record<string, readonly string[]>> = {
  ink: ['paper', 'raised', 'accent-tint', 'sun-tint', 'brick-tint', 'line'],
  soft: ['paper', 'raised', 'accent-tint'],
  accent: ['paper', 'raised', 'accent-tint'],
  'accent-strong': ['paper', 'raised', 'accent-tint'],
  'on-accent': ['accent', 'accent-strong'],
  sun: ['sun-tint'],
  brick: ['paper', 'raised', 'brick-tint'],
  // What is said in passing stands on ink.
  paper: ['ink'],
  'on-child': ['child-1', 'child-2', 'child-3', 'child-4', 'child-5'],
  // Numbers of remarks; ink on paper.
  'pen-halo': ['pen-red', 'pen-green', 'pen-blue'],
  'pen-red': ['pen-halo'],
  'pen-green': ['pen-halo'],
  'pen-blue': ['pen-halo'],
  // Initials of a subject.
  'child-1': ['paper', 'raised'],
  'child-2': ['paper', 'raised'],
  'child-3': ['paper', 'raised'],
  'child-4': ['paper', 'raised'],
  'child-5': ['paper', 'raised'],
}

/** What a control or a drawing is told by, beside each of the others: 3:1. */
const controls: Readonly<Record<string, readonly string[]>> = {
  edge: ['paper', 'raised', 'accent-tint'],
  // The focus, on whatever it stands; what is ticked; what is done of a whole.
  accent: ['paper', 'raised', 'accent-tint', 'sun-tint', 'brick-tint', 'line'],
  'on-accent': ['accent'],
  brick: ['accent-tint'],
  ink: ['raised'],
  paper: ['ink'],
}

const css = (path: string) => readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')

/** Each colour of tokens.css: as it is in the light theme and in the dark one. */
const tokens = new Map(
  [...css('web/ui/tokens.css').matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
)

/** Relative luminance of a colour in sRGB (WCAG 2.2). */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const colour = (name: string, theme: 'light' | 'dark'): string => {
  const value = tokens.get(name)?.[theme]
  if (!value) throw new Error(`tokens.css has no colour --${name}`)
  return value
}

/** The pairs of a table that stand out less than they must, with how much they do. */
const faint = (pairs: typeof texts, least: number) =>
  Object.entries(pairs).flatMap(([front, backs]) =>
    backs.flatMap(back =>
      (['light', 'dark'] as const).flatMap(theme => {
        const ratio = contrast(colour(front, theme), colour(back, theme))
        return ratio < least ? [`${front} on ${back}, ${theme}: ${ratio.toFixed(2)}`] : []
      }),
    ),
  )

/** The declarations of each innermost block of the app's style sheets. */
const blocks = globSync('web/**/*.css', { cwd: root }).flatMap(path =>
  [...css(path).matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', declared = '']) => ({
    where: `${path} ${selector.trim()}`,
    /** The colours that a property is given. */
    of: (property: RegExp) =>
      [...declared.matchAll(/([\w-]+)\s*:([^;]+)/g)]
        .filter(([, name = '']) => property.test(name))
        .flatMap(([, , value = '']) => [...value.matchAll(/var\(--([\w-]+)/g)].map(([, name = '']) => name))
        .filter(name => tokens.has(name)),
  })),
)

describe('contrast()', () => {
  it('computes ratios as WCAG 2.2 defines them', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21)
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })
})

describe('tokens.css', () => {
  it('has a light and a dark value for every colour', () => {
    const declared = [...css('web/ui/tokens.css').matchAll(/--([\w-]+):[^;]*(?:#|light-dark)/g)].map(([, name]) => name)
    expect(declared).toEqual([...tokens.keys()])
  })

  it('has a contrast of 4.5:1 for text in both themes', () => {
    expect(faint(texts, 4.5)).toEqual([])
  })

  it('has a contrast of 3:1 for controls in both themes', () => {
    expect(faint(controls, 3)).toEqual([])
  })
})

describe('the style sheets', () => {
  it('use no pair of colours that is not tested here', () => {
    const unproved = blocks.flatMap(({ where, of }) => {
      const [fronts, backs] = [of(/^color$/), of(/^background(-color)?$/)]
      return fronts.flatMap(front => {
        const proved = [...(texts[front] ?? []), ...(controls[front] ?? [])]
        if (proved.length === 0) return [`${where}: ${front}`]
        return backs.filter(back => !proved.includes(back)).map(back => `${where}: ${front} on ${back}`)
      })
    })
    expect(unproved).toEqual([])
    const proved = new Set([...Object.values(texts), ...Object.values(controls)].flat().concat(Object.keys(controls)))
    const behind = blocks.flatMap(({ of }) => of(/^background(-color)?$/))
    expect(behind.filter(back => !proved.has(back))).toEqual([])
  })

  it('use every colour, and none but those of tokens.css', () => {
    const used = new Set(blocks.flatMap(({ of }) => of(/./)))
    expect([...tokens.keys()].filter(name => !used.has(name))).toEqual([])
    const own = globSync('web/**/*.module.css', { cwd: root }).filter(path =>
      /#[0-9a-f]{3,8}\b|\bhsl|oklch/i.test(css(path)),
    )
    expect(own).toEqual([])
  })
})
