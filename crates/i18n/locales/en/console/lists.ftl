### Lists: search, filters, tables and pages.

## Search and filters

search = Search
filters = Filters
clear-all = Clear all
clear-all-filters = Clear all filters
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

## Selected rows

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
        [one] Select the { $count } matching row
       *[other] Select all { $count } matching rows
    }
clear-selection = Clear selection
clear-search = Clear search
