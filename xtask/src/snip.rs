//! Takes code out of the front end that is never run, and that no compiler can see is not.

use std::path::Path;

use anyhow::Result;
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module, ModuleConfig};

/// Part of the names of functions that are never called. Leptos' erased views keep a pointer to a second, asynchronous
/// way of hydration, which only `leptos::mount::hydrate_lazy` takes; the console hydrates in one go (`hydrate_body`).
/// A pointer is a use, so the linker keeps them: measured, a fifth of the code.
const NEVER_CALLED: &str = "hydrate_async";

/// Reads a compiled front end and replaces the bodies of functions that are never called by a trap. What only they used
/// falls away when the file is made small.
pub fn without_unused(compiled: &Path) -> Result<Module> {
    // The names say which functions these are; debug information would only slow the reading down.
    let mut module = ModuleConfig::new().generate_dwarf(false).generate_name_section(true).parse_file(compiled)?;
    let unused: Vec<FunctionId> =
        module.funcs.iter_local().map(|(id, _)| id).filter(|id| is_unused(&module, *id)).collect();
    println!("    {} functions of {} are never called", unused.len(), module.funcs.iter().count());
    for id in unused {
        trap(&mut module, id);
    }
    Ok(module)
}

fn is_unused(module: &Module, id: FunctionId) -> bool {
    module.funcs.get(id).name.as_deref().is_some_and(|name| name.contains(NEVER_CALLED))
}

/// Leaves a function's type and takes its body.
fn trap(module: &mut Module, id: FunctionId) {
    let FunctionKind::Local(function) = &module.funcs.get(id).kind else { return };
    let arguments = function.args.clone();
    let (parameters, results) = module.types.params_results(function.ty());
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
}
