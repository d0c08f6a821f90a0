// Desktop notifications and the sound: chosen for this browser, and the sound from one page of it.
import { useState } from 'react'

const DESKTOP = 'warmline-desktop-notifications'
const SOUND = 'warmline-sound'

const isOn = (key: string): boolean => localStorage.getItem(key) === 'on'
const canShow = (): boolean => 'Notification' in window && Notification.permission !== 'denied'

export function useAlerts() {
  const [desktop, putDesktop] = useState(() => isOn(DESKTOP) && canShow() && Notification.permission === 'granted')
  const [sound, putSound] = useState(() => isOn(SOUND))
  /** Somebody turned it off; whoever never chose hears of danger alone. */
  const [isMuted, mute] = useState(() => localStorage.getItem(SOUND) === 'off')
  const [mayDesktop, setMayDesktop] = useState(canShow)

  /** Browsers are asked when somebody wants it, not before. */
  const setDesktop = async (wanted: boolean) => {
    const isAllowed = wanted && (await Notification.requestPermission()) === 'granted'
    setMayDesktop(canShow())
    localStorage.setItem(DESKTOP, isAllowed ? 'on' : 'off')
    putDesktop(isAllowed)
  }
  const setSound = (wanted: boolean) => {
    localStorage.setItem(SOUND, wanted ? 'on' : 'off')
    putSound(wanted)
    mute(!wanted)
    if (wanted) playSound()
  }
  return { desktop, sound, isMuted, mayDesktop, setDesktop: (wanted: boolean) => void setDesktop(wanted), setSound }
}

/** `id`: one for all pages of a browser, which shows it once. */
export function showOnDesktop(words: string, id: string): void {
  try {
    new Notification(words, { tag: `warmline ${id}`, body: 'Warmline' })
  } catch {
    // Chrome on Android shows them from a service worker alone; the bell has it anyway.
  }
}

/** When each tone begins, in seconds, and its pitch in Hz. */
const NEWS = [
  [0, 660],
  [0.14, 880],
] as const
const DANGER = [
  [0, 440],
  [0.2, 330],
  [0.5, 440],
  [0.7, 330],
] as const

let audio: AudioContext | undefined

/** Two short tones, four and lower ones for danger; silent where the browser wants a click first. Pages that want it at the same time play it once. */
export function playSound(isDanger = false): void {
  void navigator.locks.request('warmline-sound', { ifAvailable: true }, async (lock) => {
    if (!lock) return
    audio ??= new AudioContext()
    if (audio.state === 'suspended') await Promise.race([audio.resume(), new Promise((over) => setTimeout(over, 300))])
    if (audio.state !== 'running') return
    const from = audio.currentTime
    for (const [at, pitch] of isDanger ? DANGER : NEWS) {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()]
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0.12, from + at)
      volume.gain.exponentialRampToValueAtTime(0.001, from + at + 0.25)
      tone.connect(volume).connect(audio.destination)
      tone.start(from + at)
      tone.stop(from + at + 0.26)
    }
    await new Promise((over) => setTimeout(over, 1200))
  })
}
