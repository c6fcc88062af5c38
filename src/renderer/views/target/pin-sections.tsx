import { TriangleAlert } from 'lucide-react';
import { catalog } from '../../../core/catalog';
import { grouped } from '../../../core/grouped';
import type { ComparedPins } from '../../../core/model/pins';
import { PlaceLink } from '../../components/place-link';

/** What the project declares outside its flake, and where those declarations contradict each other. */
export function PinSections({ pins, flake }: { readonly pins: ComparedPins; readonly flake: string }) {
  if (pins.pins.length === 0 && pins.contradictions.length === 0) {
    return null;
  }
  return (
    <section className="page-section">
      <h3>
        Declared elsewhere <span className="muted">{grouped(pins.pins.length)}</span>
      </h3>
      {pins.contradictions.length > 0 && (
        <ul className="contradictions">
          {pins.contradictions.map(({ tool, message, severity }) => (
            <li key={`${tool} ${message}`}>
              <TriangleAlert className={severity === 'info' ? 'muted' : 'is-alert'} size={14} aria-hidden="true" />
              {message}
            </li>
          ))}
        </ul>
      )}
      <table className="table target-table pins-table">
        <thead>
          <tr>
            <th scope="col">Tool</th>
            <th scope="col">Version</th>
            <th scope="col">Declared by</th>
            <th scope="col">At</th>
          </tr>
        </thead>
        <tbody>
          {pins.pins.map((pin) => (
            <tr key={`${pin.tool} ${pin.position.file}:${pin.position.line}:${pin.position.column}`}>
              <th scope="row">{catalog.findById(pin.tool)?.title ?? pin.tool}</th>
              <td className="version">{pin.constraint}</td>
              <td className="muted">{[pin.declaredBy, pin.scope].filter(Boolean).join(', ')}</td>
              <td>
                <PlaceLink position={pin.position} flake={flake} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
