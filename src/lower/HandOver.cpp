// Calls that take a session over or remember it, by what models and annotations say.
#include "lower/FunctionLowering.h"

namespace session_tidy::lower {

/// `take`: whoever is called ends it from now on. `keep`: it is remembered, but stays whose it was.
void FunctionLowering::handOver(const ModelledCall& call, bool taken, ir::Event base) {
  const clang::SourceRange range = call.expr->getSourceRange();
  const ir::Holding holding = slot(base.subject).holding;
  const bool whole = holding == ir::Holding::Value || holding == ir::Holding::Owner ||
                     holding == ir::Holding::Shared;
  // An object of this very function may well be gone before the session is.
  const Place::Root root = call.object.place.rootKind;
  const bool byLocal = call.object.is == Value::Is::Place && root != Place::Root::This &&
                       storageOf(call.object.place) == ir::Storage::Local;
  if (taken || byLocal) {
    base.op = ir::Op::Escape;
    builder_.add(std::move(base));
    return;
  }
  base.op = ir::Op::Store;
  base.throws = ir::Throws::Never;
  base.text.clear(); // where it is kept, nobody says
  if (whole) {
    const ir::SlotId shown =
        temporarySlot(kindOf(base.subject), ir::Holding::Reference, *call.expr);
    add(ir::Op::Bind, range, shown, base.subject);
    base.subject = shown;
  }
  builder_.add(std::move(base));
}

} // namespace session_tidy::lower
