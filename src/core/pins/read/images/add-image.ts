import type { PinContext, PinDraft } from '../../context';
import type { Rule } from '../../range/rules';
import { ruleFor } from '../../range/tool-rules';
import { imageVersions, knowledgeOf, parseImage } from './image';
import { type Expanded, MISSING } from './variables';

/** Where an image is named, and as what. */
export type ImagePlace = Pick<PinDraft, 'source' | 'declaredBy' | 'scope' | 'group' | 'offset' | 'end' | 'from'>;

/** A tag that tells no version (`slim`, `alpine`) stands for the latest. */
function tagRule(tool: string): Rule {
  const rule = ruleFor(tool);
  return (tag) => {
    const reading = rule(tag);
    return reading.scheme === 'unknown' ? { scheme: 'channel', channel: 'latest' } : reading;
  };
}

/**
 * Adds the pins of one image; says so when a variable or a digest hides the version.
 *
 * @param placeOf the place of the pin when the version comes from elsewhere: from the variable that holds it
 */
export function addImage(
  context: PinContext,
  image: Expanded,
  place: ImagePlace,
  placeOf?: (constraint: string) => Partial<ImagePlace> | undefined,
): void {
  const name = parseImage(image.text);
  const shown = image.text.replaceAll(MISSING, '…');
  if (name.tag?.includes(MISSING) || (name.path === '' && name.mirrored)) {
    if (name.path === '' || knowledgeOf(name) !== undefined) {
      const reason = `${image.missing.map((variable) => `$${variable}`).join(', ')} is set elsewhere`;
      context.unresolved(`${place.declaredBy} ${shown}`, reason, place.offset);
    }
    return;
  }
  const versions = imageVersions(name);
  if (versions === undefined) {
    context.unresolved(`${place.declaredBy} ${shown}`, 'a digest does not tell the version', place.offset);
    return;
  }
  for (const { tool, constraint } of versions) {
    context.pin({ ...place, ...placeOf?.(constraint), tool, constraint, rule: tagRule(tool) });
  }
}
