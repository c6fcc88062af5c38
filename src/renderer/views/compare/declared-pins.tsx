import { TriangleAlert } from 'lucide-react';
import type { ComparedPins } from '../../../core/model/pins';
import { PlaceLink } from '../../components/place-link';

/** What other files of the project say of one tool, and whether they contradict each other or the flake. */
export function DeclaredPins({
  pins,
  tool,
  flake,
}: {
  readonly pins: ComparedPins;
  readonly tool: string;
  readonly flake: string;
}) {
  const declared = pins.pins.filter((pin) => pin.tool === tool);
  const contradictions = pins.contradictions.filter((contradiction) => contradiction.tool === tool);
  if (declared.length === 0) {
    return null;
  }
  return (
    <section className="details-section">
      <h3>Declared elsewhere</h3>
      {contradictions.length > 0 && (
        <ul className="contradictions">
          {contradictions.map(({ message }) => (
            <li key={message}>
              <TriangleAlert className="is-alert" size={14} aria-hidden="true" />
              {message}
            </li>
          ))}
        </ul>
      )}
      <ul className="declared">
        {declared.map((pin) => (
          <li key={`${pin.position.file}:${pin.position.line}:${pin.position.column}`}>
            <span className="version">{pin.constraint}</span>
            <span className="muted">{[pin.declaredBy, pin.scope].filter(Boolean).join(', ')}</span>
            <PlaceLink position={pin.position} flake={flake} />
          </li>
        ))}
      </ul>
    </section>
  );
}
