# SPDX-License-Identifier: BSL-1.0
# Runs the program as a person would and looks at what it says.
#   cmake -D PROGRAM=... -D DATA=... -D WORK=... -D CASE=... -P check.cmake

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")

# Runs the program and leaves what it said in `out` and `err`.
function(told code)
    execute_process(COMMAND "${PROGRAM}" ${ARGN}
        RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE complained)
    if(NOT result EQUAL code)
        message(FATAL_ERROR "expected exit code ${code}, got ${result}:\n${said}\n${complained}")
    endif()
    set(out "${said}" PARENT_SCOPE)
    set(err "${complained}" PARENT_SCOPE)
endfunction()

function(expect text)
    foreach(part IN LISTS ARGN)
        string(FIND "${text}" "${part}" at)
        if(at EQUAL -1)
            message(FATAL_ERROR "expected '${part}' in:\n${text}")
        endif()
    endforeach()
endfunction()

function(expect_silence text)
    if(NOT text STREQUAL "")
        message(FATAL_ERROR "expected no complaint, got:\n${text}")
    endif()
endfunction()

if(CASE STREQUAL "english")
    told(0 --journal "${WORK}/journal")
    expect_silence("${err}")
    expect("${out}"
        "The files hold 89 members"                         # the roster
        "2,180 potential" "20,000 yuan"                        # the insight and its objective
        "Tang Haoran has the most followers, 1,290,000, and place 10 of 12"
        "needs       home Northeast and proven deep review and format video"
        "Ma Jun    Hulunbuir   5 pieces, mean 89  home Northeast" # why not
        "expected a tag that is not sensitive"
        "Chen Guodong  Dalian"                              # the second wave
        "Kong Lingyi has to wait"
        "Li Chunyan: 2,000 yuan and the honour \"Winter pathfinder\""
        "refused as over budget"
        "Li Chunyan is mature now: 3 excellent pieces over 138 days"
        "mature        10     11  +1"                       # the pyramid
        "\"because\":\"excelled\""                          # a raw event
        "The state digests are the same")
elseif(CASE STREQUAL "chinese")
    told(0 --lang zh --journal "${WORK}/journal")
    expect_silence("${err}")
    expect("${out}" "李春燕" "呼伦贝尔市" "常驻 东北三省" "状态摘要相同")
    if(out MATCHES "%[0-9]%")
        message(FATAL_ERROR "a phrase was not filled in:\n${out}")
    endif()
    # The language of the page is no part of what happened.
    string(REGEX MATCHALL "[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]+" chinese "${out}")
    told(0 --lang en --journal "${WORK}/english_journal")
    foreach(digest IN LISTS chinese)
        string(LENGTH "${digest}" length)
        if(length EQUAL 32)
            expect("${out}" "${digest}")
        endif()
    endforeach()
elseif(CASE STREQUAL "odd_rows")
    file(COPY "${DATA}/" DESTINATION "${WORK}/data")
    file(APPEND "${WORK}/data/members.csv"
        "901,only,three\n"
        "x,名,Ming,2301,video,family:50,warm:50,willing,open\n"
        "101,赵雪明,Zhao Xueming,2301,video,family:50,warm:50,open,willing\n"
        "902,名,Ming,2301,video,family:500,warm:50,open,willing\n"
        "903,名,Ming,2301,video,family:50,warm:50,elsewhere,willing\n"
        "904,名\"x,Ming,2301,video,family:50,warm:50,open,willing\n"
        "905,名,Ming,nowhere,video,family:50,warm:50,open,willing\n")
    file(APPEND "${WORK}/data/history.csv"
        "101,2025-02-30,craft:deep_review,80\n"
        "101,2031-01-01,craft:deep_review,80\n"
        "999,2025-01-01,craft:deep_review,80\n"
        "101,2025-01-01,craft:deep_review,101\n")
    file(APPEND "${WORK}/data/signals.csv" "9001,201,content,50,50,50,yes,0,,,,\n"
        "9901,201,wrote,50,50,50,yes,0,,,,\n")
    file(APPEND "${WORK}/data/answers.csv" "moon_landing,101,accepts,,,,,,,\n"
        "winter_test,999,accepts,,,,,,,\n")
    told(0 --data "${WORK}/data" --journal "${WORK}/journal")
    expect("${out}" "The state digests are the same")
    expect("${err}"
        "15 rows of the data were left out"
        "members.csv:91: expected 9 fields, found 3"
        "members.csv:92: id: expected a whole number from 1 to 1000000000, found \"x\""
        "members.csv:93: member 101: expected somebody who is not enrolled yet"
        "members.csv:94: interests: expected key:weight with a weight from 1 to 100, found \"family:500\""
        "members.csv:95: sources: expected one of open, owned, found \"elsewhere\""
        "members.csv:96: name_zh: expected a quotation mark only around a whole field"
        "members.csv:97: tag region:nowhere: expected a tag of regions.csv or tags.csv"
        "history.csv:123: date: expected a day such as 2025-11-01, found \"2025-02-30\""
        "history.csv:124: outcome of member 101: expected an instant that is not in the future"
        "history.csv:125: member 999: expected the id of a known member"
        "history.csv:126: quality: expected a whole number from 0 to 100, found \"101\""
        "signals.csv:28: signal 9001: expected a signal that was not reported before"
        "signals.csv:29: kind: expected one of interacted, gave_feedback, tried, helped_a_peer"
        "answers.csv:18: task: expected winter_test, family_space or night_charging"
        "answers.csv:19: member 999: expected the id of a known member")
elseif(CASE STREQUAL "other_people")
    # Somebody else's files, as a spreadsheet would save them, and nobody's answers known.
    file(COPY "${DATA}/" DESTINATION "${WORK}/data")
    file(READ "${DATA}/members.csv" members)
    string(REPLACE "\n" "\r\n" members "${members}")
    string(ASCII 239 187 191 mark)
    file(WRITE "${WORK}/data/members.csv" "${mark}${members}")
    file(WRITE "${WORK}/data/answers.csv"
        "task,member,says,waning,words_zh,words_en,depth,creativity,visual,interaction\n")
    told(0 --data "${WORK}/data" --journal "${WORK}/journal")
    expect_silence("${err}")
    expect("${out}" "The files hold 89 members" "The state digests are the same")
    # Nobody who could do the task: the story says so and ends.
    file(WRITE "${WORK}/data/history.csv" "member,date,subjects,quality\n")
    told(2 --data "${WORK}/data" --journal "${WORK}/second_journal")
    expect("${err}" "The story ends early" "expected at least one member who meets the requirement")
elseif(CASE STREQUAL "unreadable")
    told(2 --data "${WORK}/nowhere")
    expect("${err}" "winter_range: " "nowhere/regions.csv: expected a file")
    file(COPY "${DATA}/" DESTINATION "${WORK}/data")
    file(WRITE "${WORK}/data/tags.csv" "facet,key\nformat,video\n")
    told(2 --data "${WORK}/data")
    expect("${err}" "tags.csv: expected a first line that names the column 'parent'")
    told(2 --journal "${WORK}/no/such/folder/journal")
    expect("${err}" "expected a file in an existing folder")
elseif(CASE STREQUAL "taken_journal")
    told(0 --journal "${WORK}/journal")
    told(2 --journal "${WORK}/journal")
    expect("${err}" "expected a new file, found" "choose another with --journal")
    file(WRITE "${WORK}/letter" "Dear diary, this is no journal of that kind.")
    told(2 --journal "${WORK}/letter")
    expect("${err}" "expected a journal or no file, found something else")
else()
    message(FATAL_ERROR "there is no case '${CASE}'")
endif()
