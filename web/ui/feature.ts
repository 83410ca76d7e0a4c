import type { ComponentType } from 'react'
import type { Role } from '../../shared/kernel/role.ts'
import type { Catalogue, KeyOf } from '../platform/catalogue.ts'
import type { TakeOver } from '../platform/content.ts'
import type { SendFile } from '../platform/device-files/files.ts'
import type { HomeBlock } from '../platform/home-block.ts'
import type { Path, PlainPath } from '../platform/navigation.ts'
import type { DeclaredWrite } from '../platform/write.ts'
import type { FileChooserProps } from './files/file-chooser.ts'
import type { IconName } from './icon.tsx'

/** A screen of a feature, in a chunk of its own. */
export type Screen = {
  /**
   * Imports the screen: a component without properties, which reads its parameters by useParams(), its search by
   * useSearch() and who is signed in by useMe(). Addresses with the same `load` share one mounted screen. `features`: all
   * that are registered, for a screen that composes what they export.
   */
  readonly load: (features: readonly Feature[]) => Promise<ComponentType>
  /** Who may open it. Absent: everybody signed in. `anyone`: also who is signed out. The API checks for itself. */
  readonly for?: 'anyone' | readonly Role[] | undefined
  /**
   * `writing`: on a phone the bottom bar is hidden, so that the whole screen serves the form. `open`, of a screen for
   * anyone: within the shell for who is signed in.
   */
  readonly layout?: 'writing' | 'open' | undefined
}

/** A feature's part of the page of a person: a section, or nothing. `frozen`: when the person's account was frozen. */
export type PersonBlock = ComponentType<{ readonly person: string; readonly frozen: string | undefined }>

/** An entry of the shell's menu: the bottom bar on a phone, the rail beside the content on larger screens. */
export type MenuEntry = {
  readonly to: PlainPath
  readonly icon: IconName
  /** Key of its label: textKey(). */
  readonly label: string
  /** Entries are ordered by rank, lowest first. The bottom bar holds at most five. */
  readonly rank: number
  /** Roles it is shown to. Absent: everybody signed in. */
  readonly for?: readonly Role[] | undefined
  /** The bar of every screen leads there as well: left out of a phone's bottom bar, which has no room for it. */
  readonly inBar?: true
}

/**
 * What a feature registers with the shell, in `web/<feature>/feature.ts`. That file is part of the first load: it
 * imports screens dynamically and nothing else of weight.
 */
export type Feature = {
  readonly screens: { readonly [At in Path]?: Screen }
  readonly menu?: MenuEntry | readonly MenuEntry[]
  /** Imports its writes. The shell registers them as it loads one of the feature's screens. */
  readonly writes?: () => Promise<Readonly<Record<string, DeclaredWrite>>>
  /** Takes over what its earlier versions left elsewhere than where it is kept now; loads nothing where there is nothing. */
  readonly takeOver?: TakeOver
  /** Imports its part of Home. */
  readonly home?: () => Promise<HomeBlock>
  /** Imports the component that chooses files in the forms of all features: one feature has it. */
  readonly fileChooser?: () => Promise<ComponentType<FileChooserProps>>
  /** Imports what sends the files that are kept on the device: the feature that has the chooser. */
  readonly fileSender?: () => Promise<SendFile>
  /** Imports its part of the page of a person, for those who run a school of theirs. */
  readonly person?: () => Promise<PersonBlock>
}

/**
 * Every feature by its name. Empty here: each feature adds itself by declaration merging, so that web/features.ts does
 * not compile without it.
 *
 *     declare module './feature.ts' {
 *       interface Features {
 *         readonly news: typeof news
 *       }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: features add their names to it by declaration merging.
export interface Features {}

/** The addresses that some registered feature has a screen for. */
type Served = { [Name in keyof Features]: keyof Features[Name]['screens'] }[keyof Features]

/** The list of all features. An address that is declared and has no screen is a required property that nothing provides. */
export type AllFeatures = Features & { readonly [At in Exclude<Path, Served>]: Screen }

/** A key of a catalogue, for code that does not know the catalogue. Loads the catalogue with the caller's chunk. */
export const textKey = <Held extends Catalogue<string>>(_texts: Held, key: KeyOf<Held>): string => key
