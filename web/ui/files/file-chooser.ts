import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import type { ChosenFile } from './chosen-file.ts'

/** Where the files of a form are: all there, or some on their way, or some that could not be sent. */
export type FilesState = 'ready' | 'sending' | 'failed'

export type FileChooserProps = {
  /** The form, by a name that no other has: a file that arrives while the form is left is in it when one returns. */
  readonly owner: string
  /** The most files. Absent: as many as hang on one item of other features. */
  readonly most?: number | undefined
  /** Files of the device are kept there until what is written is sent: it can be sent without a network. */
  readonly keep?: true | undefined
  readonly files: readonly ChosenFile[]
  readonly onChange: (files: readonly ChosenFile[]) => void
  readonly onState: (state: FilesState) => void
  /** A further way to add files, beside the device's and one's own documents: what it gives is sent as they are. */
  readonly more?: ((add: (file: File) => void) => ReactNode) | undefined
}

/**
 * The component that chooses files: documents have it, and the app's frame hands it to the forms of all features.
 * Decision: docs/decisions/0070-choosing-files-in-forms.md
 */
const FileChooserContext = createContext<ComponentType<FileChooserProps> | undefined>(undefined)

/** Hands the chooser of files to what is within. */
export const FileChooserProvider = FileChooserContext.Provider

/** The chooser of files; undefined where the app has none. */
export const useFileChooser = (): ComponentType<FileChooserProps> | undefined => useContext(FileChooserContext)
