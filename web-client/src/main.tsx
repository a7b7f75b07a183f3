import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import './theme/tokens.css'
import './theme/base.css'
import './ui/ui.css'
import './ui/fields.css'
import './ui/overlay.css'
import './ui/stepper.css'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
