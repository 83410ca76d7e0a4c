import { Component, type ReactNode } from 'react'
import { ScreenError } from './fallbacks.tsx'

type Props = { readonly at: string; readonly children: ReactNode }
type State = { readonly at: string; readonly isBroken: boolean }

/** Shows an error screen where a screen threw, until the address changes. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { at: this.props.at, isBroken: false }

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true }
  }

  static getDerivedStateFromProps({ at }: Props, state: State): State | null {
    return at === state.at ? null : { at, isBroken: false }
  }

  override render() {
    return this.state.isBroken ? <ScreenError /> : this.props.children
  }
}
