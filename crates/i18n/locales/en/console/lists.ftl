### Lists: search, filters, tables and pages.

## Search and filters

search = Search
filters = Filters
clear-all = Clear all
clear-all-filters = Clear all filters
# $label is what is filtered, $value by what.
remove-filter = Remove filter
nothing-matches = Nothing matches

## Tables

actions = Actions
actions-for = Actions for { $name }
new-rows =
    { $count ->
        [one] { $count } new row – show
       *[other] { $count } new rows – show
    }
order-changed = The order changed – show

## Pages

pages = Pages
rows-per-page = Rows per page
previous = Previous
next = Next
more-rows = { $count }+ rows
more-people = { $count }+ people
more-invitations = { $count }+ invitations

## Chosen rows

selection = Selection
select-row = Select { $name }
select-page = Select all rows of this page
rows-selected =
    { $count ->
        [one] { $count } row selected
       *[other] { $count } rows selected
    }
select-matching =
    { $count ->
        [one] Select all { $count } row that match
       *[other] Select all { $count } rows that match
    }
clear-selection = Clear selection
clear-search = Clear the search
