"""What the stores are asked: filters and orders that people write, and hostile ones.

A question is a dictionary with any of `filter`, `order_by` (a list), `view` and `experiments` (their names).
"""

import itertools
import random

NUMBERS = ["1", "0", "-0", "-1", "1.", ".5", "-.5", "0.5", "00", "007", "1e0", "1E-3", "1e5", "1e400", "-1e400", "1e+5",
           "12e+5", "0x10", "1_0", "1a", "1.5a", "1.5.2", "--1", "- 1", "+1", "(1)", "1/2", "1 000", "1,5", "nan", "NaN",
           "inf", "-inf", "Infinity", "NULL", "'1'", '"1"', "`1`", "١", "٣.٥", "5e-324", "0.30000000000000004",
           "1.7976931348623157e308", "9007199254740993", "9007199254740992.0", "9223372036854775807",
           "9223372036854775808", "-9223372036854775809", "99999999999999999999999999", "1000.5", "2000.0"]

TEXTS = ["'adam'", '"adam"', "'ADAM'", "`adam`", "adam", "''", '""', "'''adam'''", "' adam '", "'it''s'", "'it\\'s'", '"it\'s"',
         "'say \"hi\"'", "'back\\slash'", "'back\\\\slash'", "'a\\'", "'adam", 'adam"', "'a' 'b'", "'a'b", "5", "-5", "1.5",
         "NULL", "null", "true", "?", ":x", "$$adam$$", "$a$x$a$", "%s", "N'adam'", "'Ünïcödé'", "'日本語'", "'😀'",
         "'straße'", "('adam')", "('adam', 'sgd')", "[adam]", "{adam}", "adam.sgd", "'adam'.x", "date '2026-01-01'",
         "'adam';", "'adam' -- c", "'adam' /* c */", "'adam' # c", "'adam'--c", "'a%b'", "'a_b'"]

PATTERNS = ["%", "%%", "_", "__", "", "a%", "%a", "%a%", "a_b", "a%b", "A%B", "a\\%b", "a\\_b", "a.b%", "a.b*c+d?(e)[f]{g}^h$i|j",
            "a.b*%|j", "%[f]%", "%^h$%", "line one%", "line one_line two", "line one%two", "%two", "line", "line_", "line%",
            "%\n%", "tab_here", "tab\t%", "100%", "100\\%", "strasse", "straße", "%ß%", "ÜNÏCÖDÉ", "ünïcödé", "Ün%", "_n_c_d_",
            "日本_", "日%", "😀", "_", "σας σας", "ΣΑΣ ΣΑΣ", "k k k", "K K K", "%ISTANBUL%", "i%ilik", "ı%", "%k", "x%", "y%",
            "it's", "say _hi_", "%'%", "back\\slash", "back_slash", "adam", " adam ", "_adam_", "%adam%", "ad%am", "%d%m%"]

LISTS = ["('iris')", "('iris',)", "('iris','wine')", "( 'iris' , 'wine' )", '("iris", "wine")', "()", "(1)", "(1, 2)", "('iris', 1)",
         "('ir' 'is')", "('ir''is')", "(iris)", "('iris', wine)", "(None)", "(True)", "(('iris','wine'))", "(('iris',),)", "(['iris'])",
         "({'iris'})", "({'iris': 1})", "({})", "([])", "('\\x69ris')", "('iri\\163')", "(r'iris')", "(u'iris')", "(b'iris')", "(f'iris')",
         "(R\"iris\")", "('''iris''')", "('iris'", "'iris'", "iris", "('iris',,)", "(,)", "('iris' 1)", "('a' + 'b')", "(-1)", "(1+2)",
         "(a.b)", "(f())", "('a'.x)", "('a'[0])", "(\n'iris'\n)", "('iris' -- c\n)", "('iris' # c\n)", "('a\nb')", "(`iris`)",
         "('iris';)", "('iris', 'wine'", "(('iris')", "('iris'))", "('d1', 'd2')", "('training')", "('eval', 'training')",
         "(\"it's\")", "('Iris')", "(*a)", "('a' and 'b')", "(not 'a')", "('\\N{DIGIT ONE}')", "('\\q')", "(...)",
         "(0x1)", "(1_000)", "(01)", "(1e5)", "(1j)"]

KEYS = ["acc", "`acc`", '"acc"', "'acc'", "[acc]", "´acc´", "``acc``", '`"acc"`', '"`acc`"', "ACC", "a b", "`a b`", '"a b"', "'a b'",
        "a/b", "`a/b`", '"a/b"', "a.b", "`a.b`", '"a.b"', "x-y", "`x-y`", "1st", "`1st`", "a.b.c", "`a.b.c`", "select", "`select`", "end",
        "status", "order", "value", "in", "and", "like", "null", "date", "timestamp", "version", "user", "δ", "`δ`", "ключ", "`ключ`",
        "हिन्दी", "日本", "", "``", '""', "`", "acc``", "acc`", '"acc', "acc.", ".acc", "acc ", "a:b", "a;b", "a,b", "a'b", "(acc)", "acc()",
        "acc[0]", "*", "?", "%s", "$acc", "@acc", "#acc", "acc#", "acc$", "acc::int", "acc->x", "acc desc", "acc as b"]

ENTITIES = ["metric", "metrics", "param", "params", "parameter", "parameters", "tag", "tags", "attribute", "attributes", "attr", "run",
            "dataset", "datasets", "Metrics", "METRICS", "`metrics`", '"metrics"', "'metrics'", "[metrics]", "metrik", "", " metrics",
            "metrics ", "model", "models", "trace", "experiment"]

ATTRIBUTES = ["run_id", "run_name", "status", "start_time", "end_time", "artifact_uri", "user_id", "created", "Created", "CREATED",
              "run name", "Run name", "Run Name", "RUN NAME", "`run name`", '"Run name"', "'Run Name'", "lifecycle_stage",
              "experiment_id", "duration", "Duration", "user", "User", "source", "name", "id", "run_uuid", "Start_time", "START_TIME"]

COMPARATORS = ["=", "!=", "<", "<=", ">", ">=", "LIKE", "like", "Like", "ILIKE", "ilike", "==", "<>", "=!", "~", "=~", "!~", "=<", "=>",
               "IN", "NOT IN", "NOT LIKE", "NOT ILIKE", "RLIKE", "REGEXP", "IS", "IS NOT", "BETWEEN", "CONTAINS", "LIKE BINARY", ":=", ""]

# Whole filters that fit no table.
FILTERS = [
    "", " ", "\n", ";", ";;", "--", "-- c", "/* c */", "#", "'", '"', "`", "(", ")", "()", "AND", "and", "NOT", "OR", "metrics",
    "metrics.", "metrics.acc", "metrics.acc >", "> 1", "metrics.acc > 1 AND", "AND metrics.acc > 1", "AND AND metrics.acc > 0",
    "metrics.acc > 0 AND AND metrics.loss < 2", "metrics.acc > 0 and metrics.loss < 2", "metrics.acc > 0 And metrics.loss < 2",
    "metrics.acc > 0 metrics.loss < 2", "metrics.acc>0AND metrics.loss<2", "metrics.acc>0 ANDmetrics.loss<2", "metrics.acc>.4AND metrics.loss<2",
    "metrics.acc > 0 OR metrics.loss < 2", "metrics.acc > 0, metrics.loss < 2", "metrics.acc > 0 && metrics.loss < 2",
    "(metrics.acc > 0)", "(metrics.acc > 0) AND metrics.loss < 2", "NOT metrics.acc > 0", "metrics.acc > 0;", "metrics.acc > 0; ",
    "metrics.acc > 0;\n", "metrics.acc > 0; metrics.loss < 2", "metrics.acc > 0 -- c", "metrics.acc > 0 -- c\nAND metrics.loss < 2",
    "metrics.acc > 0 /* c */ AND metrics.loss < 2", "metrics.acc > 0 AND /* c */ metrics.loss < 2", "/* c */ metrics.acc > 0",
    "-- c\nmetrics.acc > 0", "metrics.acc /* c */ > 0", "metrics.acc > /* c */ 0", "metrics.acc > 0 # c", "# c\nmetrics.acc > 0",
    "metrics.acc\n>\n0", "metrics.acc\t>\t0", "\u00a0metrics.acc > 0", "metrics.acc\u2003> 0", "metrics.acc\u200b > 0", "\ufeffmetrics.acc > 0",
    "metrics.acc>0", "metrics.acc>-1", "metrics.acc>--1", "metrics.acc=.5", "metrics.acc=0.5metrics.loss<2", "metrics .acc > 0",
    "metrics. acc > 0", "metrics . acc > 0", "metrics.\nacc > 0", "0 < metrics.acc", "metrics.acc > metrics.loss", "metrics.acc = metrics.acc",
    "1 = 1", "'a' = 'a'", "metrics.acc > 0 > 0", "params.opt = 'adam' = 'adam'", "metrics.acc > 0 desc", "metrics.acc desc > 0",
    "SELECT * FROM runs", "metrics.acc > 0 ORDER BY metrics.acc", "metrics.acc > 0 LIMIT 1", "WHERE metrics.acc > 0",
    "metrics.acc > 0 UNION SELECT 1", "CASE WHEN metrics.acc > 0 THEN 1 END", "IF metrics.acc > 0 END IF", "BEGIN metrics.acc > 0 END",
    "BEGIN; metrics.acc > 0; END", "metrics.acc > 0 GO metrics.loss < 2", "GO 2", "CREATE TABLE x", "params.opt = 'adam' COLLATE NOCASE",
    "params.lr > '0'", "params.lr < 1", "params.lr = 0.1", "params.`lr` = \"0.1\"", "params.lr LIKE 0.1", "params.opt LIKE adam",
    "params.opt = 'adam' AND params.opt = 'adam'", "params.opt = 'adam' AND params.opt = 'sgd'", "params.opt != 'adam'",
    "params.opt = ''", "params.opt = ' '", "params.opt=\"adam\"AND params.lr='0.1'", "params.opt = 'adam'AND params.lr = '0.1'",
    "params.opt = 'adam' params.lr = '0.1'", "params.opt 'adam'", "params.opt = = 'adam'", "params.opt =! 'adam'", "params.opt = NOT 'adam'",
    "params.opt IS NULL", "params.opt is null", "params.opt IS NOT NULL", "params.opt is not null", "params.opt IS  NULL", "params.opt IS NOT  NULL",
    "params.opt IS\nNULL", "params.opt ISNULL", "params.opt NOT NULL", "params.opt = NULL", "params.opt IS ''", "tags.team IS NULL",
    "tags.team IS NOT NULL AND params.opt IS NULL", "tags.nosuch IS NULL", "tags.nosuch IS NOT NULL", "params.`a b` IS NOT NULL",
    "metrics.acc IS NULL", "metrics.acc IS NOT NULL", "attributes.status IS NULL", "status IS NOT NULL", "dataset.name IS NULL",
    "params.opt IS NULL AND", "params.opt IS NULL params.lr IS NULL", "params.opt IS NULL OR params.lr IS NULL", "params IS NULL",
    "'opt' IS NULL", "(params.opt) IS NULL", "params.opt IS NULL;", "params.opt IS NULL -- c",
    "status = 'FINISHED'", "status = 'finished'", "status LIKE 'FIN%'", "status ILIKE 'fin%'", "status != 'FINISHED'", "status IN ('FINISHED')",
    "status = FINISHED", "status = 3", "attribute.status = 'RUNNING'", "attr.status = 'RUNNING'", "run.status = 'KILLED'",
    "attributes.status = 'SCHEDULED'", "`status` = 'FAILED'", "attributes.`status` = 'FAILED'", "\"status\" = 'FAILED'",
    "user_id = 'ann'", "user_id ILIKE 'ANN'", "user_id != 'ann'", "artifact_uri LIKE '%artifacts'", "artifact_uri ILIKE '%ARTIFACTS'",
    "run_name = 'plain'", "run_name != 'plain'", "run_name LIKE 'pl%'", "run_name ILIKE 'pl%'", "run_name = \"it's\"", "run_name = '日本語'",
    "run_name LIKE 'a_b'", "run_name LIKE 'a\\_b'", "run_name ILIKE 'A%B'", "run_name IN ('plain')", "`Run name` = 'plain'", "Run name = 'plain'",
    "tags.mlflow.runName = 'plain'", "tags.`mlflow.runName` = 'plain'", "tags.\"mlflow.runName\" ILIKE 'plain'", "tags.`mlflow.user` = 'ann'",
    "start_time > 1000", "start_time >= 1000 AND start_time < 3000", "start_time = 1000.0", "start_time = 1000.5", "start_time > '1000'",
    "start_time > -1e400", "start_time < 1e400", "start_time = -1000", "start_time = - 1000", "end_time = 9007199254740993",
    "end_time = 9007199254740992", "end_time > 9007199254740992.0", "end_time != 2000", "end_time = 2e3", "end_time IN (2000)", "created > 1000",
    "Created > 1000", "attributes.Created > 1000", "start_time LIKE 1000", "start_time LIKE '1%'", "start_time = 0x10",
    "start_time = ('1000')", "start_time > " + "9" * 4300, "start_time > " + "9" * 4301, "metrics.acc < " + "9" * 4301,
    "run_id = 'x'", "run_id LIKE '%'", "run_id LIKE '%0%'", "run_id ILIKE '%A%'", "run_id IN ('x', 'y')", "run_id NOT IN ('x', 'y')",
    "run_id = ('x', 'y')", "run_id != ('x', 'y')", "run_id LIKE ('x', 'y')", "run_id IN 'x'", "run_id IN x", "run_id in('x')", "run_id NOT  IN ('x')",
    "run_id not in ('x') AND status = 'FAILED'", "run_id IN ('x') status = 'FAILED'", "status = 'FAILED' AND run_id NOT IN ('x') AND params.lr LIKE '%'",
    "x run_id IN ('a')", "x y run_id IN ('a')", "status IN ('a') run_id IN ('a')", "run_id IN ('a') AND", "run_id IN", "run_id IN (", "run_id NOT",
    "run_id NOT IN", "params.opt IN ('adam')", "tags.team NOT IN ('red')", "metrics.acc IN (1)",
    "dataset.name = 'iris'", "datasets.name != 'iris'", "dataset.name LIKE 'i%'", "dataset.name ILIKE 'I%'", "dataset.name = 'iris' AND dataset.name = 'wine'",
    "dataset.name = 'iris' AND dataset.digest = 'd2'", "dataset.context = 'training'", "dataset.context != 'training'", "dataset.context LIKE 't%'",
    "dataset.context IN ('eval')", "dataset.context NOT IN ('eval')", "dataset.name = ('iris', 'wine')", "dataset.name != ('iris', 'wine')",
    "dataset.name LIKE ('iris', 'wine')", "dataset.name > 'iris'", "dataset.profile = 'x'", "dataset.foo = 'x'", "dataset.name = 5", "dataset.name = iris",
    "dataset.`name` = 'iris'", "dataset.name = \"it's\"", "dataset.digest ILIKE 'D_'", "dataset = 'iris'", "name = 'iris'",
    "metrics.loss != 1", "metrics.loss > 0", "metrics.loss = 0", "metrics.loss < 0", "metrics.loss >= -0.0", "metrics.loss < 1e308", "metrics.loss = 1e999",
    "metrics.loss > 1e999", "metrics.loss >= 1e999", "metrics.acc = -1e999", "metrics.acc <= -1e999", "metrics.acc != -1e999",
    "metrics.big = 9007199254740992", "metrics.big = 9007199254740993", "metrics.big >= 1.7976931348623157e308", "metrics.step = 9", "metrics.step = 1",
    "metrics.acc LIKE 0.5", "metrics.acc = 'x' AND foo", "metrics.nosuch > 0", "metrics.nosuch LIKE 1", "params.nosuch > 'a' AND metrics.acc > 0",
    "metrics.nosuch = 1 AND params.opt > 'a'", "metrics.acc > 1e10 AND params.opt > 'a'", "params.opt > 'a' AND metrics.acc LIKE 1",
    "tags.note LIKE 'line%'", "tags.`a.b.c` = 'dots'", "tags.a.b.c = 'dots'", "tags.\"a b\" = 's p'", "tags.key = 'value'", "tags.key ILIKE 'VALUE'",
    "tags.end LIKE 'line'", "tags.end = 'line'", "tags.end = 'line\n'", "tags.team = \"y\"", "tags.none = 'None'", "tags.null = 'NULL'",
    "foo = 'a'", "foo.bar = 'a'", "metrics = 1", "params = 'a'", "`params.opt` = 'adam'", "\"params.opt\" = 'adam'", "params.opt.x = 'adam'",
    "params.'opt' = 'adam'", "'params'.opt = 'adam'", "params..opt = 'adam'", ".opt = 'adam'", "params.opt. = 'adam'", "params.[opt] = 'adam'",
    "params[opt] = 'adam'", "params.opt[0] = 'adam'", "params->opt = 'adam'", "params::opt = 'adam'", "params.opt::text = 'adam'", "lower(params.opt) = 'adam'",
    "params.opt || 'x' = 'adamx'", "params.opt + 1 = 2", "metrics.acc + 1 > 2", "metrics.acc > 1 + 1", "metrics.acc > -(1)", "metrics.acc * 2 > 1",
    "metrics.acc > 0.5 / 2", "ſtatus = 'FAILED'", "status = 'FAILED' ſ", "İ = 1", "params.opt lıke 'adam'", "params.opt LİKE 'adam'",
    "metrics.acc > 0 AND 'x'", "metrics.acc > 0 AND x", "metrics.acc > 0 x", "x metrics.acc > 0", "metrics.acc > 0 AS x", "metrics.acc AS x > 0",
    "metrics.acc > 0 AND NULL", "NULL = NULL", "metrics.acc > NULL", "params.opt = ?", "params.opt = :opt", "params.opt = %(opt)s", "params.opt = @opt",
    "params.opt = 'adam\x00'", "(" * 99 + "a" + ")" * 99, "(" * 101 + "a" + ")" * 101, "(" * 2000 + ")" * 2000, "[" * 200 + "]" * 200,
    "metrics.acc > " + "1+" * 99 + "1", "metrics.acc > " + "1+" * 200 + "1", "a" + " desc" * 120, " " * 9990 + "metrics.acc > 0", " " * 10010 + "metrics.acc > 0",
    " AND ".join(["metrics.acc > 0"] * 40), " AND ".join(["params.opt LIKE '%'"] * 63), " AND ".join(["params.opt LIKE '%'"] * 64),
    "params.opt = '" + "x" * 600 + "'", "params.opt LIKE '" + "%x" * 4 + "'", "params.opt LIKE '" + "_" * 600 + "'",
]

ORDERS = [
    [], ["metrics.acc"], ["metrics.acc ASC"], ["metrics.acc DESC"], ["metrics.acc desc"], ["metrics.acc Desc"], ["metrics.acc  DESC"],
    ["metrics.acc\tDESC"], ["metrics.acc DESC "], [" metrics.acc"], ["metrics.acc DESC NULLS LAST"], ["metrics.acc NULLS FIRST"], ["metrics.acc descending"],
    ["metrics.acc ASC DESC"], ["metrics.acc, metrics.loss"], ["metrics.acc metrics.loss"], ["metrics.acc;"], ["metrics.acc -- c"], ["metrics.acc /* c */"],
    ["-metrics.acc"], ["(metrics.acc)"], ["metrics.acc > 0"], ["metrics.acc", "metrics.loss"], ["metrics.acc DESC", "metrics.loss DESC"],
    ["metrics.loss", "start_time"], ["metrics.loss DESC"], ["metrics.`acc` DESC"], ["metrics.\"acc\" DESC"], ["metrics.'acc' DESC"], ["metrics.`a b` DESC"],
    ["metrics.\"a b\""], ["metrics.a b"], ["metrics.`a/b`"], ["metrics.a/b"], ["metrics.`a.b` DESC"], ["metrics.a.b DESC"], ["metrics.x-y"], ["metrics.`x-y`"],
    ["metrics.`acc"], ["metrics.\"acc"], ["metrics.acc`"], ["metrics."], ["metrics"], [".acc"], ["acc"], [""], [" "], ["*"], ["1"], ["1 DESC"], ["'a'"], ["\"a\""],
    ["`metrics.acc`"], ["\"metrics.acc\""], ["`metrics`.acc"], ["Metrics.acc"], ["metric.acc"], ["param.lr"], ["parameter.lr DESC"], ["params.opt"],
    ["params.opt DESC"], ["params.lr", "params.opt DESC"], ["params.nosuch"], ["params.n"], ["tags.team"], ["tag.team DESC"], ["tags.`a b`"], ["tags.mlflow.user"],
    ["tags.`mlflow.user` DESC"], ["attributes.start_time"], ["attribute.start_time ASC"], ["attr.start_time DESC"], ["run.start_time"], ["start_time"],
    ["start_time DESC"], ["created"], ["Created DESC"], ["end_time"], ["end_time DESC"], ["end_time ASC", "start_time ASC"], ["status"], ["status DESC", "run_name"],
    ["run_name"], ["run_name DESC"], ["run_id"], ["run_id DESC"], ["user_id"], ["artifact_uri"], ["artifact_uri DESC"], ["Run name"], ["`Run name`"], ["run name"],
    ["experiment_id"], ["lifecycle_stage"], ["duration"], ["timestamp"], ["timestamp DESC"], ["timestamp  desc"], ["timestamp x"], ["TIMESTAMP"], ["Timestamp DESC"],
    ["dataset.name"], ["datasets.name DESC"], ["dataset.foo"], ["foo.bar"], ["foo"], ["metrics.acc", "metrics.acc"], ["metrics.acc", "metric.acc DESC"],
    ["start_time", "created"], ["start_time DESC", "attributes.start_time"], ["metrics.acc", "metrics.`acc`"], ["foo", "bar"], ["metrics.acc", "foo"],
    ["dataset.name", "foo"], ["foo", "dataset.name"], ["params.opt", "params.lr", "start_time", "run_id DESC"], ["metrics.nosuch", "run_id"], ["desc"], ["asc"],
    ["select"], ["order by metrics.acc"], ["metrics.end"], ["metrics.select DESC"], ["metrics.status"], ["metrics.δ"], ["metrics.`δ` DESC"], ["params.ключ"],
    ["metrics.acc\\"], ["metrics.`acc\\` DESC"], ["metrics.it's"], ["params.`it's`"], ["metrics.acc\n"], ["metrics.acc\nDESC"], ["metrics . acc"], ["metrics. acc DESC"],
    ["metrics.'a b' DESC"], ["``"], ["`a`.`b`"], ["a.b.c"], ["tags.a.b.c"], ["tags.\"a.b.c\" DESC"], ["metrics.acc::int"], ["metrics.acc[0]"], ["sum(metrics.acc)"],
]


def sane(chance):
    """A well-formed filter of one to three clauses."""
    def clause():
        kind = chance.random()
        if kind < 0.35:
            key = chance.choice(["acc", "loss", "`a b`", "big", "step", '"a/b"', "nosuch"])
            return f"metrics.{key} {chance.choice(['=', '!=', '<', '<=', '>', '>='])} {chance.choice(['0', '0.5', '.75', '-1', '1e999', '7', '1'])}"
        pattern = chance.choice(PATTERNS)
        quote = '"' if "'" in pattern else "'"
        word = chance.choice(["params.opt", "params.lr", "tags.team", "tags.note", "run_name", "status", "params.re", "dataset.name"])
        return f"{word} {chance.choice(['=', '!=', 'LIKE', 'ILIKE', 'LIKE', 'ILIKE'])} {quote}{pattern}{quote}"
    return " AND ".join(clause() for _ in range(chance.choice([1, 2, 2, 3])))


def chances():
    """Questions put together by seeded chance from the pieces above."""
    chance = random.Random(20261130)
    for _ in range(150):
        question = {"filter": sane(chance)}
        if chance.random() < 0.5:
            question["order_by"] = chance.choice(ORDERS)
        if chance.random() < 0.2:
            question["view"] = chance.choice(["deleted", "all"])
        yield question
    signs = ["'", '"', "`", "(", ")", "[", "]", ".", ",", ";", "\\", "%", "\n", " ", "--", "/*", "*/", "é", "日", "😀", "AND", "=", "NOT", "IN", "\u00a0"]
    for _ in range(150):
        text = sane(chance)
        for _ in range(chance.choice([1, 1, 2, 3])):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(signs) + text[at + chance.choice([0, 0, 1]):]
        yield {"filter": text}


def questions():
    """All questions, in order."""
    yield from ({"filter": text} for text in FILTERS)
    yield from ({"order_by": order} for order in ORDERS)
    yield from ({"filter": f"metrics.acc {sign} {number}"} for number in NUMBERS for sign in ["=", ">"])
    yield from ({"filter": f"start_time < {number}"} for number in NUMBERS)
    yield from ({"filter": f"params.opt {sign} {text}"} for text in TEXTS for sign in ["=", "!="])
    for pattern, sign in itertools.product(PATTERNS, ["LIKE", "ILIKE"]):
        quote = '"' if "'" in pattern else "'"
        yield from ({"filter": f"{key} {sign} {quote}{pattern}{quote}"} for key in ["params.opt", "tags.note"])
    yield from ({"filter": f"{key} ILIKE '{pattern}'"} for key in ["params.re", "params.turkish", "tags.kelvin", "tags.end", "tags.team", "run_name"]
                for pattern in PATTERNS if "'" not in pattern)
    yield from ({"filter": f"{key} {sign} {items}"} for items in LISTS for key, sign in [("dataset.name", "IN"), ("run_id", "NOT IN"), ("params.lr", "IN")])
    yield from ({"filter": f"{entity}.{key} {rest}"} for key in KEYS for entity, rest in [("metrics", "> 0"), ("params", "!= 'q'"), ("tags", "LIKE '%'")])
    yield from ({"filter": f"{entity}.{key} {rest}"} for entity in ENTITIES for key, rest in [("acc", "> 0"), ("opt", "= 'adam'"), ("status", "= 'FAILED'"), ("name", "= 'iris'")])
    yield from ({"filter": f"{word}{name} {rest}"} for name in ATTRIBUTES for word in ["", "attributes."] for rest in ["= 'plain'", "> 1000"])
    for sign in COMPARATORS:
        for rest in ["metrics.acc {} 0.5", "params.opt {} 'adam'", "tags.team {} 'red'", "status {} 'FAILED'", "start_time {} 1000", "dataset.name {} 'iris'",
                     "run_id {} ('x')"]:
            yield {"filter": rest.format(sign)}
    for view in ["active", "deleted", "all"]:
        yield {"view": view}
        yield {"view": view, "filter": "metrics.acc > 0.4", "order_by": ["metrics.acc DESC"]}
        for experiments in [["first"], ["second"], ["binned"], ["first", "second"], ["second", "first"], ["first", "first"], ["binned", "first"]]:
            yield {"view": view, "experiments": experiments}
    for experiments in [["@0"], ["@123"], ["@x"], ["@"], ["@ 1 "], ["@1_0"], ["@+1"], ["@-1"], ["@1.0"], ["@x", "first"], ["@01"]]:
        yield {"experiments": experiments}
        yield {"experiments": experiments, "filter": "foo"}
        yield {"experiments": experiments, "filter": "params.opt > 'a'"}
    yield from chances()
