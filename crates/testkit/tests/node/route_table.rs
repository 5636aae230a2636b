//! Every route of the doors, read from their sources: a test that goes through all of them leaves none out.

use std::path::Path;

/// What a route may be asked by, as the sources write it.
const METHODS: [&str; 5] = ["delete", "get", "patch", "post", "put"];
/// What else is said of a route, without a method of its own.
const BESIDES: [&str; 2] = ["fallback", "layer"];
/// Ways to add routes that are not read here, so nobody takes them.
const OTHER_WAYS: [&str; 5] = [
    ".nest(",
    ".nest_service(",
    ".route_service(",
    "MethodRouter::",
    "OpenApiRouter",
];

/// A path, with its parameters in braces, and its methods.
pub(crate) struct Route {
    pub(crate) path: String,
    pub(crate) methods: Vec<String>,
}

impl Route {
    /// Reads what stands after `.route(`.
    fn read(call: &str) -> Self {
        let literal = call.trim_start().strip_prefix('"');
        let (path, rest) = literal
            .and_then(|literal| literal.split_once('"'))
            .expect("the path of a route is a literal, to be found here");
        Self {
            path: path.to_owned(),
            methods: methods(rest),
        }
    }

    /// Whether `path` has the form of this one.
    fn has_form_of(&self, path: &str) -> bool {
        let (own, asked) = (self.path.split('/'), path.split('/'));
        own.clone().count() == asked.clone().count()
            && own
                .zip(asked)
                .all(|(own, asked)| own.starts_with('{') || own == asked)
    }
}

/// The methods that are named in the rest of a call, up to its end.
fn methods(rest: &str) -> Vec<String> {
    let (mut depth, mut word, mut methods) = (0, String::new(), Vec::new());
    for letter in rest.chars() {
        match letter {
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            '(' => {
                if depth == 0 && METHODS.contains(&word.as_str()) {
                    methods.push(word.to_uppercase());
                } else if depth == 0 {
                    assert!(BESIDES.contains(&word.as_str()), "{word} is not known here");
                }
                depth += 1;
            }
            _ => {}
        }
        match letter.is_alphanumeric() || letter == '_' {
            true => word.push(letter),
            false => word.clear(),
        }
    }
    methods
}

/// Every route there is.
pub(crate) fn routes() -> Vec<Route> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src");
    let mut routes = Vec::new();
    for source in sources(&folder) {
        for way in OTHER_WAYS {
            assert!(!source.contains(way), "{way} adds routes unseen");
        }
        routes.extend(source.split(".route(").skip(1).map(Route::read));
    }
    assert!(routes.iter().all(|route| !route.methods.is_empty()));
    routes
}

fn sources(folder: &Path) -> Vec<String> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources.extend(self::sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            sources.push(std::fs::read_to_string(path).unwrap());
        }
    }
    sources
}

/// The route that `path` leads to: of several, the one that says most of it.
pub(crate) fn route_of<'a>(routes: &'a [Route], path: &str) -> Option<&'a Route> {
    let parameters = |route: &&Route| route.path.matches('{').count();
    let fitting = routes.iter().filter(|route| route.has_form_of(path));
    fitting.min_by_key(parameters)
}
